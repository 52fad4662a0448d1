package app.veza.server.erasure;

import app.veza.eventstore.EventLog;
import app.veza.server.erasure.ErasedPlaces.Place;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/admin/purges}: up to where the stores' files are rid of who was erased, and having it done now. */
@RestController
@ConditionalOnRole(Role.PROJECTIONS)
final class PurgeEndpoint {

    private final PurgeSchedule schedule;
    private final StoredPurges stored;
    private final EventLog log;

    PurgeEndpoint(PurgeSchedule schedule, StoredPurges stored, EventLog log) {
        this.schedule = schedule;
        this.stored = stored;
        this.log = log;
    }

    /**
     * @param running whether this node is at it
     * @param last what the last one did; null before the first
     */
    record Purges(boolean running, @Nullable Last last) {}

    /** @param position up to which those who were erased are meant */
    record Last(long position, Instant began, Instant ended, boolean complete, List<Place> places) {}

    @GetMapping("/api/admin/purges")
    ResponseEntity<Purges> purges() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(look());
    }

    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/admin/purges")
    ResponseEntity<Purges> purge() {
        schedule.ask();
        return ResponseEntity.accepted().cacheControl(CacheControl.noStore()).body(look());
    }

    private Purges look() {
        return new Purges(
                schedule.isRunning(),
                stored.last(log.logId())
                        .map(done ->
                                new Last(done.position(), done.began(), done.ended(), done.complete(), done.places()))
                        .orElse(null));
    }
}
