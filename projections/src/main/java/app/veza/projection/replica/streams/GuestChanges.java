package app.veza.projection.replica.streams;

import static app.veza.projection.jooq.streams.Tables.GUEST;

import app.veza.event.streaming.GuestInvited;
import app.veza.event.streaming.GuestRemoved;
import app.veza.projection.rows.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Who was let into private streams: of several events of a batch about the same two the last counts. */
final class GuestChanges {

    private record Guest(UUID stream, UUID person) {}

    /** Position of the invitation; null where it was taken back. */
    private final Map<Guest, @Nullable Long> last = new LinkedHashMap<>();

    void invited(GuestInvited guest, long position) {
        last.put(new Guest(guest.streamId(), guest.personId()), (Long) position);
    }

    void removed(GuestRemoved guest) {
        last.put(new Guest(guest.streamId(), guest.personId()), null);
    }

    void apply(DSLContext tx) {
        if (last.isEmpty()) {
            return;
        }
        tx.deleteFrom(GUEST)
                .where(Rows.of(last.keySet())
                        .with(GUEST.STREAM_ID, Guest::stream)
                        .with(GUEST.PERSON_ID, Guest::person)
                        .matches())
                .execute();
        Rows.of(last.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .toList())
                .with(GUEST.STREAM_ID, entry -> entry.getKey().stream())
                .with(GUEST.PERSON_ID, entry -> entry.getKey().person())
                .with(GUEST.POSITION, Map.Entry::getValue)
                .insertInto(tx, GUEST);
    }
}
