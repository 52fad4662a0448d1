package app.veza.query.chat;

import app.veza.query.http.Reads;
import app.veza.query.http.Reads.Snapshot;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Reads of what is in rooms. None is older than the caller's last departure: who was removed from a room does not read on in it until the
 * read model has heard of that.
 */
@Component
public final class RoomReads {

    private final Reads reads;
    private final Departures departures;

    RoomReads(Reads reads, Departures departures) {
        this.reads = reads;
        this.departures = departures;
    }

    /** See {@link Reads#answer(Set, String, Function)}. */
    public <T> ResponseEntity<T> answer(
            UUID caller, Set<String> projections, @Nullable String minPosition, Function<Snapshot, T> query) {
        return reads.answer(projections, minPosition, departures.lastOf(caller), query);
    }
}
