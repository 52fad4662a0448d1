package app.veza.projection.analytics.messages;

import static app.veza.projection.jooq.message_facts.Tables.MESSAGE;
import static app.veza.projection.jooq.message_facts.Tables.MESSAGE_HOUR;
import static org.jooq.impl.DSL.coalesce;

import app.veza.event.chat.Attachment;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageReported;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.projection.analytics.RollUp;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Messages of a batch and what became of earlier ones; both are counted in the hour in which the message was sent. */
final class MessageChanges {

    private record RoomHour(Instant hour, UUID room) {}

    private static final class Change {
        private static final Change NONE = new Change();

        private long edits;
        private long reactions;
        private long reports;
        private @Nullable Instant deleted;
    }

    private record Sent(Recorded<MessageSent> message, Change change) {

        Sent(Recorded<MessageSent> message, @Nullable Change change) {
            this.message = message;
            this.change = change == null ? Change.NONE : change;
        }

        MessageSent event() {
            return message.event();
        }
    }

    private final Map<UUID, Change> changes = new LinkedHashMap<>();
    private final RollUp<RoomHour> hours = RollUp.<RoomHour>into(
                    MESSAGE_HOUR,
                    List.of(
                            MESSAGE_HOUR.MESSAGES,
                            MESSAGE_HOUR.REPLIES,
                            MESSAGE_HOUR.CHARACTERS,
                            MESSAGE_HOUR.MENTIONS,
                            MESSAGE_HOUR.ATTACHMENTS,
                            MESSAGE_HOUR.EDITS,
                            MESSAGE_HOUR.REACTIONS,
                            MESSAGE_HOUR.DELETED))
            .by(MESSAGE_HOUR.HOUR, RoomHour::hour)
            .by(MESSAGE_HOUR.ROOM_ID, RoomHour::room);

    void fold(Recorded<?> recorded) {
        switch (recorded.event()) {
            case MessageSent message ->
                count(message, new RoomHour(RollUp.hour(recorded.timestamp()), message.roomId()));
            case MessageEdited message -> of(message.messageId()).edits++;
            case MessageReported message -> of(message.messageId()).reports++;
            case ReactionAdded reaction -> of(reaction.messageId()).reactions++;
            case ReactionRemoved reaction -> of(reaction.messageId()).reactions--;
            case MessageDeleted message -> of(message.messageId()).deleted = recorded.timestamp();
            default -> {}
        }
    }

    private void count(MessageSent message, RoomHour hour) {
        hours.add(hour, MESSAGE_HOUR.MESSAGES, 1);
        hours.add(hour, MESSAGE_HOUR.REPLIES, message.replyTo() == null ? 0 : 1);
        hours.add(hour, MESSAGE_HOUR.CHARACTERS, message.textLength());
        hours.add(hour, MESSAGE_HOUR.MENTIONS, message.mentions().size());
        hours.add(hour, MESSAGE_HOUR.ATTACHMENTS, message.attachments().size());
    }

    private Change of(UUID message) {
        return changes.computeIfAbsent(message, any -> new Change());
    }

    /**
     * A message is sent before anything becomes of it, so all that are sent before all that change keep the order that matters. What
     * becomes of one in its own batch, as in a rebuild most does, is written with it.
     */
    void write(DSLContext tx, Statements statements, List<Recorded<MessageSent>> sent) {
        insert(
                statements,
                sent.stream()
                        .map(message ->
                                new Sent(message, changes.remove(message.event().messageId())))
                        .toList());
        if (!changes.isEmpty()) {
            change(tx);
        }
        hours.write(tx, statements);
    }

    private void insert(Statements statements, List<Sent> sent) {
        statements.insert(
                Rows.of(sent)
                        .with(MESSAGE.MESSAGE_ID, one -> one.event().messageId())
                        .with(MESSAGE.POSITION, one -> one.message().position())
                        .with(MESSAGE.OCCURRED_AT, one -> one.message().timestamp())
                        .with(MESSAGE.ROOM_ID, one -> one.event().roomId())
                        .with(MESSAGE.SENDER_ID, one -> one.event().senderId())
                        .with(MESSAGE.REPLY, one -> one.event().replyTo() != null)
                        .with(MESSAGE.TEXT_LENGTH, one -> one.event().textLength())
                        .with(MESSAGE.MENTIONS, one -> one.event().mentions().size())
                        .with(
                                MESSAGE.ATTACHMENTS,
                                one -> one.event().attachments().size())
                        .with(
                                MESSAGE.ATTACHMENT_BYTES,
                                one -> one.event().attachments().stream()
                                        .mapToLong(Attachment::size)
                                        .sum())
                        .with(MESSAGE.EDITS, one -> one.change().edits)
                        .with(MESSAGE.REACTIONS, one -> one.change().reactions)
                        .with(MESSAGE.REPORTS, one -> one.change().reports)
                        .with(MESSAGE.DELETED_AT, one -> one.change().deleted),
                MESSAGE);
        sent.stream()
                .filter(one -> one.change() != Change.NONE)
                .forEach(one -> count(
                        one.change(),
                        new RoomHour(
                                RollUp.hour(one.message().timestamp()),
                                one.event().roomId())));
    }

    private void count(Change change, RoomHour hour) {
        hours.add(hour, MESSAGE_HOUR.EDITS, change.edits);
        hours.add(hour, MESSAGE_HOUR.REACTIONS, change.reactions);
        hours.add(hour, MESSAGE_HOUR.DELETED, change.deleted == null ? 0 : 1);
    }

    private void change(DSLContext tx) {
        Table<Record> batch = Rows.of(changes.entrySet())
                .with(MESSAGE.MESSAGE_ID, Map.Entry::getKey)
                .with(MESSAGE.EDITS, change -> change.getValue().edits)
                .with(MESSAGE.REACTIONS, change -> change.getValue().reactions)
                .with(MESSAGE.REPORTS, change -> change.getValue().reports)
                .with(MESSAGE.DELETED_AT, change -> change.getValue().deleted)
                .asTable();
        tx.update(MESSAGE)
                .set(MESSAGE.EDITS, MESSAGE.EDITS.plus(batch.field(MESSAGE.EDITS)))
                .set(MESSAGE.REACTIONS, MESSAGE.REACTIONS.plus(batch.field(MESSAGE.REACTIONS)))
                .set(MESSAGE.REPORTS, MESSAGE.REPORTS.plus(batch.field(MESSAGE.REPORTS)))
                .set(MESSAGE.DELETED_AT, coalesce(batch.field(MESSAGE.DELETED_AT), MESSAGE.DELETED_AT))
                .from(batch)
                .where(MESSAGE.MESSAGE_ID.eq(batch.field(MESSAGE.MESSAGE_ID)))
                .returningResult(MESSAGE.MESSAGE_ID, MESSAGE.ROOM_ID, MESSAGE.OCCURRED_AT)
                .forEach(message ->
                        count(of(message.value1()), new RoomHour(RollUp.hour(message.value3()), message.value2())));
    }
}
