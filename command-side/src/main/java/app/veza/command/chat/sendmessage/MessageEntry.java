package app.veza.command.chat.sendmessage;

import app.veza.command.Ids;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.event.chat.MessageSent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What lies behind both doors. A message that was sent through one is known when it comes again through the other. */
@Component
final class MessageEntry {

    private static final String OPERATION = "chat.sendmessage";
    private static final int TEXT_LENGTH = 10_000;
    private static final int CLIENT_MESSAGE_ID_LENGTH = 128;

    private final Commands commands;

    MessageEntry(Commands commands) {
        this.commands = commands;
    }

    /** @param clientMessageId makes sending again harmless, where there is no {@code Idempotency-Key} */
    record Body(
            @Nullable String text,
            @Nullable String clientMessageId,
            @Nullable String replyTo,
            @Nullable List<String> attachments) {}

    /** @param position of the message in the log, where it is durable */
    record Sent(UUID messageId, long position) {}

    Sent send(UUID sender, CommandRequest request, UUID roomId, Body body) {
        var input = new InputCheck();
        var command = new SendMessage(
                roomId,
                Ids.next(),
                sender,
                input.text("/text", body.text(), TEXT_LENGTH),
                input.optionalId("/replyTo", body.replyTo()),
                input.optionalLine("/clientMessageId", body.clientMessageId(), CLIENT_MESSAGE_ID_LENGTH));
        input.check(
                body.attachments() == null || body.attachments().isEmpty(),
                "/attachments",
                "must be empty: this server takes no attachments");
        input.verify();
        var outcome = commands.run(
                command,
                request.repeatableByClientName(OPERATION, roomId.toString(), command.clientMessageId(), roomId, body));
        return new Sent(outcome.event(MessageSent.class).orElseThrow().messageId(), outcome.position());
    }
}
