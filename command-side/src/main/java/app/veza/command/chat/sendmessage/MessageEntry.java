package app.veza.command.chat.sendmessage;

import app.veza.command.Ids;
import app.veza.command.chat.AttachmentStore;
import app.veza.command.chat.Mentions;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import app.veza.event.chat.MessageSent;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What lies behind both doors. A message that was sent through one is known when it comes again through the other. */
@Component
final class MessageEntry {

    private static final String OPERATION = "chat.sendmessage";
    private static final int TEXT_LENGTH = 10_000;
    private static final int CLIENT_MESSAGE_ID_LENGTH = 128;

    private static final int MOST_ATTACHMENTS = 10;

    private final Commands commands;
    private final Mentions mentions;
    private final AttachmentStore attachments;

    MessageEntry(Commands commands, Mentions mentions, AttachmentStore attachments) {
        this.commands = commands;
        this.mentions = mentions;
        this.attachments = attachments;
    }

    /**
     * @param clientMessageId makes sending again harmless, with whatever {@code Idempotency-Key}
     * @param attachments ids of uploads
     */
    record Body(
            @Limits(min = 1, max = TEXT_LENGTH) @Required @Nullable
            String text,

            @Limits(max = CLIENT_MESSAGE_ID_LENGTH) @Nullable
            String clientMessageId,

            @Nullable String replyTo,
            @Nullable List<String> attachments) {}

    /** @param position of the message in the log, where it is durable */
    record Sent(UUID messageId, long position) {}

    Sent send(UUID sender, CommandRequest request, UUID roomId, Body body) {
        var input = new InputCheck();
        String text = input.text("/text", body.text(), TEXT_LENGTH);
        UUID replyTo = input.optionalId("/replyTo", body.replyTo());
        String clientMessageId =
                input.optionalLine("/clientMessageId", body.clientMessageId(), CLIENT_MESSAGE_ID_LENGTH);
        List<UUID> attachmentIds = attachmentIds(input, body.attachments());
        input.verify();
        var command = new SendMessage(
                roomId,
                Ids.next(),
                sender,
                text,
                replyTo,
                mentions.in(text, roomId, sender),
                attachmentIds.stream()
                        .map(id -> new SendMessage.Upload(id, attachments.seal(id)))
                        .toList());
        var outcome = commands.run(
                command, request.repeatableByClientName(OPERATION, roomId.toString(), clientMessageId, roomId, body));
        return new Sent(outcome.event(MessageSent.class).orElseThrow().messageId(), outcome.position());
    }

    private static List<UUID> attachmentIds(InputCheck input, @Nullable List<String> ids) {
        if (ids == null) {
            return List.of();
        }
        input.check(ids.size() <= MOST_ATTACHMENTS, "/attachments", "must not be more than " + MOST_ATTACHMENTS);
        input.check(ids.stream().distinct().count() == ids.size(), "/attachments", "must not name one twice");
        return IntStream.range(0, ids.size())
                .mapToObj(i -> input.id("/attachments/" + i, ids.get(i)))
                .toList();
    }
}
