package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.REACTION;
import static app.veza.projection.jooq.chat.Tables.REACTION_COUNT;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;

import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Who put which emoji to a message. Of several events of a batch about one person, message and emoji the last counts; what is counted
 * follows from the rows that truly went and came, so putting one twice counts once.
 */
final class ReactionChanges {

    private record Emoji(UUID room, UUID message, String emoji) {}

    private record Key(Emoji emoji, UUID person) {}

    /** Position of the event that put it there; null where it was taken away. */
    private final Map<Key, @Nullable Long> last = new LinkedHashMap<>();

    void added(ReactionAdded added, long position) {
        last.put(new Key(new Emoji(added.roomId(), added.messageId(), added.emoji()), added.personId()), (Long)
                position);
    }

    void removed(ReactionRemoved removed) {
        last.put(new Key(new Emoji(removed.roomId(), removed.messageId(), removed.emoji()), removed.personId()), null);
    }

    void apply(DSLContext tx, Statements statements) {
        if (last.isEmpty()) {
            return;
        }
        Map<Emoji, Integer> differences = new LinkedHashMap<>();
        remove(tx).forEach(emoji -> differences.merge(emoji, -1, Integer::sum));
        add(statements).forEach(emoji -> differences.merge(emoji, 1, Integer::sum));
        count(
                tx,
                statements,
                differences.entrySet().stream()
                        .filter(entry -> entry.getValue() != 0)
                        .toList());
    }

    private List<Emoji> remove(DSLContext tx) {
        return tx.deleteFrom(REACTION)
                .where(Rows.of(last.keySet())
                        .with(REACTION.ROOM_ID, key -> key.emoji().room())
                        .with(REACTION.MESSAGE_ID, key -> key.emoji().message())
                        .with(REACTION.EMOJI, key -> key.emoji().emoji())
                        .with(REACTION.PERSON_ID, Key::person)
                        .matches())
                .returning(REACTION.ROOM_ID, REACTION.MESSAGE_ID, REACTION.EMOJI)
                .fetch(gone ->
                        new Emoji(gone.get(REACTION.ROOM_ID), gone.get(REACTION.MESSAGE_ID), gone.get(REACTION.EMOJI)));
    }

    private List<Emoji> add(Statements statements) {
        var standing = last.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .toList();
        statements.insert(
                Rows.of(standing)
                        .with(REACTION.ROOM_ID, entry -> entry.getKey().emoji().room())
                        .with(
                                REACTION.MESSAGE_ID,
                                entry -> entry.getKey().emoji().message())
                        .with(REACTION.EMOJI, entry -> entry.getKey().emoji().emoji())
                        .with(REACTION.PERSON_ID, entry -> entry.getKey().person())
                        .with(REACTION.POSITION, Map.Entry::getValue),
                REACTION);
        return standing.stream().map(entry -> entry.getKey().emoji()).toList();
    }

    private static void count(DSLContext tx, Statements statements, List<Map.Entry<Emoji, Integer>> differences) {
        if (differences.isEmpty()) {
            return;
        }
        Rows<Map.Entry<Emoji, Integer>> keys = Rows.of(differences)
                .with(REACTION_COUNT.ROOM_ID, entry -> entry.getKey().room())
                .with(REACTION_COUNT.MESSAGE_ID, entry -> entry.getKey().message())
                .with(REACTION_COUNT.EMOJI, entry -> entry.getKey().emoji());
        Condition touched = keys.matches();
        Table<Record> counts =
                keys.with(REACTION_COUNT.PEOPLE, Map.Entry::getValue).asTable();
        statements.add(tx.insertInto(REACTION_COUNT)
                .columns(REACTION_COUNT.ROOM_ID, REACTION_COUNT.MESSAGE_ID, REACTION_COUNT.EMOJI, REACTION_COUNT.PEOPLE)
                .select(select(
                                counts.field(REACTION_COUNT.ROOM_ID),
                                counts.field(REACTION_COUNT.MESSAGE_ID),
                                counts.field(REACTION_COUNT.EMOJI),
                                counts.field(REACTION_COUNT.PEOPLE))
                        .from(counts))
                .onConflict(REACTION_COUNT.ROOM_ID, REACTION_COUNT.MESSAGE_ID, REACTION_COUNT.EMOJI)
                .doUpdate()
                .set(REACTION_COUNT.PEOPLE, REACTION_COUNT.PEOPLE.plus(excluded(REACTION_COUNT.PEOPLE))));
        if (differences.stream().anyMatch(entry -> entry.getValue() < 0)) {
            statements.add(tx.deleteFrom(REACTION_COUNT).where(touched).and(REACTION_COUNT.PEOPLE.eq(0)));
        }
    }
}
