package app.veza.server.admin;

import app.veza.command.Overloaded;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.IndexSnapshot;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/admin/log/index-snapshots}: stores a snapshot of this node's index now, such as before new nodes are started. */
@RestController
final class IndexSnapshotEndpoint {

    private static final Logger log = LoggerFactory.getLogger(IndexSnapshotEndpoint.class);

    private final EventLog events;

    IndexSnapshotEndpoint(EventLog events) {
        this.events = events;
    }

    /** @param position up to which a node that begins with it need not read the log */
    record Stored(long position, long bytes) {}

    @PostMapping("/api/admin/log/index-snapshots")
    @ResponseStatus(HttpStatus.CREATED)
    Stored store() {
        try {
            IndexSnapshot snapshot = events.snapshot();
            return new Stored(snapshot.position(), snapshot.bytes());
        } catch (IOException e) {
            log.warn("No snapshot of the index could be stored", e);
            throw new Overloaded("The object storage does not take the snapshot just now.", Duration.ofSeconds(10));
        }
    }
}
