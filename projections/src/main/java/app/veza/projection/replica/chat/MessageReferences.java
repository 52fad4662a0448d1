package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.ATTACHMENT_USE;
import static app.veza.projection.jooq.chat.Tables.MENTION;
import static app.veza.projection.jooq.chat.Tables.MESSAGE;

import app.veza.event.chat.Attachment;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/** Whom messages name and which files they bear, as rows of their own by which they are found from the other side. */
final class MessageReferences {

    private record Reference(UUID to, UUID room, long position) {}

    private final Set<Reference> mentions = new LinkedHashSet<>();
    private final Set<Reference> uses = new LinkedHashSet<>();
    private final Set<Reference> goneMentions = new LinkedHashSet<>();
    private final Set<Reference> goneUses = new LinkedHashSet<>();

    /** A message of the batch, as it stands at its end. */
    void sent(SentMessage message) {
        for (UUID person : message.mentions()) {
            mentions.add(new Reference(person, message.room(), message.position()));
        }
        for (Attachment file : message.attachments()) {
            uses.add(new Reference(file.attachmentId(), message.room(), message.position()));
        }
    }

    /** Before the rows of the messages are changed: they tell what stood. */
    void change(DSLContext tx, List<MessageChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Map<UUID, MessageChange> byMessage = new LinkedHashMap<>();
        changes.forEach(change -> byMessage.put(change.message(), change));
        tx.select(MESSAGE.ROOM_ID, MESSAGE.POSITION, MESSAGE.MESSAGE_ID, MESSAGE.MENTIONS, MESSAGE.ATTACHMENTS)
                .from(MESSAGE)
                .where(Rows.of(changes)
                        .with(MESSAGE.ROOM_ID, MessageChange::room)
                        .with(MESSAGE.MESSAGE_ID, MessageChange::message)
                        .matches())
                .and(MESSAGE.DELETED_AT.isNull())
                .forEach(row -> {
                    MessageChange change = byMessage.get(row.value3());
                    MessageJson.mentions(row.value4())
                            .forEach(person -> goneMentions.add(new Reference(person, row.value1(), row.value2())));
                    if (change.deletedAt() != null) {
                        MessageJson.attachmentIds(row.value5())
                                .forEach(file -> goneUses.add(new Reference(file, row.value1(), row.value2())));
                    } else {
                        change.mentions()
                                .forEach(person -> mentions.add(new Reference(person, row.value1(), row.value2())));
                    }
                });
    }

    void apply(DSLContext tx, Statements statements) {
        if (!goneMentions.isEmpty()) {
            statements.add(tx.deleteFrom(MENTION).where(mentions(goneMentions).matches()));
        }
        statements.insert(mentions(mentions), MENTION);
        if (!goneUses.isEmpty()) {
            statements.add(tx.deleteFrom(ATTACHMENT_USE).where(uses(goneUses).matches()));
        }
        statements.insert(uses(uses), ATTACHMENT_USE);
    }

    private static Rows<Reference> mentions(Set<Reference> references) {
        return Rows.of(references)
                .with(MENTION.PERSON_ID, Reference::to)
                .with(MENTION.ROOM_ID, Reference::room)
                .with(MENTION.POSITION, Reference::position);
    }

    private static Rows<Reference> uses(Set<Reference> references) {
        return Rows.of(references)
                .with(ATTACHMENT_USE.ATTACHMENT_ID, Reference::to)
                .with(ATTACHMENT_USE.ROOM_ID, Reference::room)
                .with(ATTACHMENT_USE.POSITION, Reference::position);
    }
}
