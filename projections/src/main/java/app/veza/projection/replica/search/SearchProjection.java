package app.veza.projection.replica.search;

import static app.veza.projection.jooq.search.Tables.ENTRY;
import static org.jooq.impl.DSL.field;

import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageSent;
import app.veza.event.identity.PersonErased;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What was said, by its words. */
public final class SearchProjection implements SqlProjection {

    /** Of a batch: the words of a message, with spaces between them. */
    private static final Field<String> SPACED = field(DSL.name("spaced"), SQLDataType.VARCHAR);

    private record Message(UUID room, UUID id) {}

    private record Sent(UUID room, UUID id, long position, UUID sender, String text) {}

    @Override
    public String name() {
        return "search";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Target target() {
        return Target.PRIMARY;
    }

    @Override
    public String tables() {
        return "readmodel/search/tables.sql";
    }

    @Override
    public Optional<String> indexes() {
        return Optional.of("readmodel/search/indexes.sql");
    }

    @Override
    public String views() {
        return "readmodel/search/views.sql";
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(MessageSent.class, MessageEdited.class, MessageDeleted.class, PersonErased.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.ROOM, "room_id").withEverywhere(Batch.types(PersonErased.class)));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        Map<Message, Sent> sent = new LinkedHashMap<>();
        // of messages of former batches: the new text, null where they are gone
        Map<Message, @Nullable MessageEdited> changed = new LinkedHashMap<>();
        Set<UUID> erased = new LinkedHashSet<>();
        for (Recorded<?> recorded : batch) {
            switch (recorded.event()) {
                case MessageSent message -> {
                    Sent entry = new Sent(
                            message.roomId(),
                            message.messageId(),
                            recorded.position(),
                            message.senderId(),
                            message.text());
                    sent.put(new Message(entry.room(), entry.id()), entry);
                }
                case MessageEdited edit -> {
                    Message message = new Message(edit.roomId(), edit.messageId());
                    if (sent.computeIfPresent(message, (same, entry) -> edited(entry, edit)) == null) {
                        boolean isGone = changed.containsKey(message) && changed.get(message) == null;
                        if (!isGone) {
                            changed.put(message, edit);
                        }
                    }
                }
                case MessageDeleted deleted -> {
                    Message message = new Message(deleted.roomId(), deleted.messageId());
                    sent.remove(message);
                    changed.put(message, null);
                }
                case PersonErased gone -> erased.add(gone.personId());
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
        insert(tx, sent.values());
        Statements statements = new Statements(tx);
        remove(tx, statements, changed);
        update(tx, statements, changed);
        if (!erased.isEmpty()) {
            statements.add(tx.deleteFrom(ENTRY).where(ENTRY.SENDER_ID.in(erased)));
        }
        statements.send();
    }

    private static Sent edited(Sent entry, MessageEdited edit) {
        return new Sent(entry.room(), entry.id(), entry.position(), entry.sender(), edit.text());
    }

    private static void insert(DSLContext tx, Iterable<Sent> sent) {
        List<Sent> readable = new ArrayList<>();
        sent.forEach(entry -> {
            if (!Erased.is(entry.text())) {
                readable.add(entry);
            }
        });
        Rows.of(readable)
                .with(ENTRY.ROOM_ID, Sent::room)
                .with(ENTRY.MESSAGE_ID, Sent::id)
                .with(ENTRY.POSITION, Sent::position)
                .with(ENTRY.SENDER_ID, Sent::sender)
                .with(ENTRY.WORDS, entry -> words(entry.room(), entry.text()).toArray(String[]::new))
                .insertInto(tx, ENTRY);
    }

    private static void remove(DSLContext tx, Statements statements, Map<Message, @Nullable MessageEdited> changed) {
        List<Message> gone = changed.entrySet().stream()
                .filter(change -> change.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
        if (!gone.isEmpty()) {
            statements.add(tx.deleteFrom(ENTRY)
                    .where(Rows.of(gone)
                            .with(ENTRY.ROOM_ID, Message::room)
                            .with(ENTRY.MESSAGE_ID, Message::id)
                            .matches()));
        }
    }

    private static void update(DSLContext tx, Statements statements, Map<Message, @Nullable MessageEdited> changed) {
        List<MessageEdited> edits = new ArrayList<>();
        changed.values().forEach(edit -> {
            if (edit != null && !Erased.is(edit.text())) {
                edits.add(edit);
            }
        });
        if (edits.isEmpty()) {
            return;
        }
        Table<Record> rows = Rows.of(edits)
                .with(ENTRY.ROOM_ID, MessageEdited::roomId)
                .with(ENTRY.MESSAGE_ID, MessageEdited::messageId)
                .with(SPACED, edit -> String.join(" ", words(edit.roomId(), edit.text())))
                .asTable();
        statements.add(tx.update(ENTRY)
                .set(Map.of(ENTRY.WORDS, vector(rows)))
                .from(rows)
                .where(ENTRY.ROOM_ID.eq(rows.field(ENTRY.ROOM_ID)))
                .and(ENTRY.MESSAGE_ID.eq(rows.field(ENTRY.MESSAGE_ID))));
    }

    private static Field<Object> vector(Table<Record> rows) {
        return field("array_to_tsvector(string_to_array({0}, ' '))", ENTRY.WORDS.getDataType(), rows.field(SPACED));
    }

    private static Set<String> words(UUID room, String text) {
        Set<String> words = Words.of(text);
        words.add("r" + room.toString().replace("-", ""));
        return words;
    }
}
