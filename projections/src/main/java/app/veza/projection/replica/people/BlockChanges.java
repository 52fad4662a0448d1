package app.veza.projection.replica.people;

import static app.veza.projection.jooq.people.Tables.BLOCK;

import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonUnblocked;
import app.veza.projection.rows.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Who blocks whom: of several events of a batch about the same two, in the same direction, the last counts. */
final class BlockChanges {

    private record Block(UUID person, UUID blocked) {}

    /** Position of the blocking; null where it was taken back. */
    private final Map<Block, @Nullable Long> last = new LinkedHashMap<>();

    void blocked(PersonBlocked block, long position) {
        last.put(new Block(block.personId(), block.blockedId()), (Long) position);
    }

    void unblocked(PersonUnblocked block) {
        last.put(new Block(block.personId(), block.blockedId()), null);
    }

    void apply(DSLContext tx) {
        if (last.isEmpty()) {
            return;
        }
        tx.deleteFrom(BLOCK)
                .where(Rows.of(last.keySet())
                        .with(BLOCK.PERSON_ID, Block::person)
                        .with(BLOCK.BLOCKED_ID, Block::blocked)
                        .matches())
                .execute();
        Rows.of(last.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .toList())
                .with(BLOCK.PERSON_ID, entry -> entry.getKey().person())
                .with(BLOCK.BLOCKED_ID, entry -> entry.getKey().blocked())
                .with(BLOCK.POSITION, Map.Entry::getValue)
                .insertInto(tx, BLOCK);
    }
}
