package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.MESSAGE;
import static app.veza.projection.jooq.chat.Tables.ROOM;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.when;

import app.veza.event.Erased;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageSent;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

/** What a batch says, changes and takes back. What it changes of its own messages is changed before they are written. */
final class MessageChanges {

    private final List<Recorded<MessageSent>> sent = new ArrayList<>();
    private final Map<UUID, MessageChange> changes = new LinkedHashMap<>();
    private final Set<UUID> erased = new LinkedHashSet<>();

    void sent(Recorded<?> recorded, MessageSent message) {
        sent.add(new Recorded<>(recorded.position(), recorded.timestamp(), message));
    }

    void edited(Recorded<?> recorded, MessageEdited message) {
        changes.merge(message.messageId(), MessageChange.of(recorded, message), MessageChange::then);
    }

    void deleted(Recorded<?> recorded, MessageDeleted message) {
        changes.merge(message.messageId(), MessageChange.of(recorded, message), MessageChange::then);
    }

    void erased(UUID person) {
        erased.add(person);
    }

    /** While {@code message_count} of the rooms is still that of the state before the batch. */
    void apply(DSLContext tx, Statements statements) {
        Map<UUID, SentMessage> messages = messages(tx);
        List<MessageChange> ofFormer = new ArrayList<>();
        changes.forEach((id, change) -> {
            if (messages.computeIfPresent(id, (same, message) -> message.with(change)) == null) {
                ofFormer.add(change);
            }
        });
        insert(statements, messages.values());
        MessageReferences references = new MessageReferences();
        messages.values().forEach(references::sent);
        references.change(tx, ofFormer);
        references.apply(tx, statements);
        change(tx, statements, ofFormer);
        erase(tx, statements);
    }

    private Map<UUID, SentMessage> messages(DSLContext tx) {
        Map<UUID, Long> numbers = new HashMap<>();
        Set<UUID> rooms = new LinkedHashSet<>();
        sent.forEach(message -> rooms.add(message.event().roomId()));
        if (!rooms.isEmpty()) {
            tx.select(ROOM.ROOM_ID, ROOM.MESSAGE_COUNT)
                    .from(ROOM)
                    .where(Rows.of(rooms).with(ROOM.ROOM_ID, room -> room).matches())
                    .forEach(room -> numbers.put(room.value1(), room.value2()));
        }
        Map<UUID, SentMessage> messages = new LinkedHashMap<>();
        sent.forEach(message -> messages.put(
                message.event().messageId(),
                SentMessage.of(
                        message, message.event(), numbers.merge(message.event().roomId(), 1L, Long::sum))));
        return messages;
    }

    private static void insert(Statements statements, Iterable<SentMessage> messages) {
        List<SentMessage> rows = new ArrayList<>();
        messages.forEach(rows::add);
        statements.insert(
                Rows.of(rows)
                        .with(MESSAGE.ROOM_ID, SentMessage::room)
                        .with(MESSAGE.POSITION, SentMessage::position)
                        .with(MESSAGE.MESSAGE_ID, SentMessage::id)
                        .with(MESSAGE.NUMBER, SentMessage::number)
                        .with(MESSAGE.SENDER_ID, SentMessage::sender)
                        .with(MESSAGE.TEXT, SentMessage::text)
                        .with(MESSAGE.SENT_AT, SentMessage::sentAt)
                        .with(MESSAGE.EDITED_AT, SentMessage::editedAt)
                        .with(MESSAGE.DELETED_AT, SentMessage::deletedAt)
                        .with(MESSAGE.REPLY_TO, SentMessage::replyTo)
                        .with(MESSAGE.MENTIONS, message -> MessageJson.mentions(message.mentions()))
                        .with(MESSAGE.ATTACHMENTS, message -> MessageJson.attachments(message.attachments())),
                MESSAGE);
    }

    private static void change(DSLContext tx, Statements statements, List<MessageChange> former) {
        if (former.isEmpty()) {
            return;
        }
        Table<Record> rows = Rows.of(former)
                .with(MESSAGE.ROOM_ID, MessageChange::room)
                .with(MESSAGE.MESSAGE_ID, MessageChange::message)
                .with(MESSAGE.TEXT, MessageChange::text)
                .with(MESSAGE.MENTIONS, change -> MessageJson.mentions(change.mentions()))
                .with(MESSAGE.EDITED_AT, MessageChange::editedAt)
                .with(MESSAGE.DELETED_AT, MessageChange::deletedAt)
                .asTable();
        var isDeleted = rows.field(MESSAGE.DELETED_AT).isNotNull();
        var isEdited = rows.field(MESSAGE.EDITED_AT).isNotNull();
        statements.add(tx.update(MESSAGE)
                .set(
                        MESSAGE.TEXT,
                        when(isDeleted, (String) null).otherwise(coalesce(rows.field(MESSAGE.TEXT), MESSAGE.TEXT)))
                .set(
                        MESSAGE.MENTIONS,
                        when(isDeleted.or(isEdited), rows.field(MESSAGE.MENTIONS))
                                .otherwise(MESSAGE.MENTIONS))
                .set(MESSAGE.ATTACHMENTS, when(rows.field(MESSAGE.DELETED_AT).isNull(), MESSAGE.ATTACHMENTS))
                .set(MESSAGE.EDITED_AT, coalesce(rows.field(MESSAGE.EDITED_AT), MESSAGE.EDITED_AT))
                .set(MESSAGE.DELETED_AT, rows.field(MESSAGE.DELETED_AT))
                .from(rows)
                .where(MESSAGE.ROOM_ID.eq(rows.field(MESSAGE.ROOM_ID)))
                .and(MESSAGE.MESSAGE_ID.eq(rows.field(MESSAGE.MESSAGE_ID)))
                .and(MESSAGE.DELETED_AT.isNull()));
    }

    /** What an erased person said reads as in a history that is decoded without their key: ids, counts and times stay. */
    private void erase(DSLContext tx, Statements statements) {
        if (!erased.isEmpty()) {
            statements.add(tx.update(MESSAGE)
                    .set(MESSAGE.TEXT, Erased.TEXT)
                    .where(MESSAGE.SENDER_ID.in(erased))
                    .and(MESSAGE.TEXT.ne(Erased.TEXT)));
        }
    }
}
