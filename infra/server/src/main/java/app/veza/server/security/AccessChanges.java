package app.veza.server.security;

import app.veza.event.EventTypes;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.projectionengine.LoggedEvent;
import app.veza.server.node.LoggedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log from its end and tells of every session that ends and of whoever's roles change, on whichever node. */
public final class AccessChanges implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccessChanges.class);
    private static final String SESSION_ENDED = EventTypes.nameOf(SessionEnded.class);
    private static final String ROLES_CHANGED = EventTypes.nameOf(RolesChanged.class);
    private static final Duration LOOK_UP = Duration.ofSeconds(1);
    private static final int BATCH = 1000;

    private final LoggedEvents events;
    private final List<Consumer<UUID>> sessionEnded = new CopyOnWriteArrayList<>();
    private final List<Consumer<UUID>> rolesChanged = new CopyOnWriteArrayList<>();
    private final Thread follower;
    /** The log whose changes are told; the position is one of it. */
    private volatile String logId;

    private volatile long position;

    AccessChanges(LoggedEvents events) {
        this.events = events;
        this.logId = events.logId();
        this.position = events.head();
        this.follower = Thread.ofVirtual().name("access-changes").unstarted(this::follow);
    }

    void start() {
        follower.start();
    }

    /** Tells of sessions that end from now on, on a thread that others wait for: it must not block. */
    public void onSessionEnd(Consumer<UUID> listener) {
        sessionEnded.add(listener);
    }

    /** Likewise tells of people whose roles change. */
    public void onRolesChange(Consumer<UUID> listener) {
        rolesChanged.add(listener);
    }

    /** The log in use, if every change of it that this node acknowledged has been told: what is read now may be remembered as its. */
    Optional<String> upToDate() {
        String told = logId;
        return position >= events.head() && told.equals(events.logId()) ? Optional.of(told) : Optional.empty();
    }

    private void follow() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                List<? extends LoggedEvent> read =
                        events.awaitPast(position, LOOK_UP) ? events.read(position, BATCH) : List.of();
                if (!events.logId().equals(logId)) {
                    startOver();
                    continue;
                }
                read.forEach(this::tell);
                position += read.size();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                log.error("Changes of access after position {} could not be read; trying again", position, failure);
                LockSupport.parkNanos(LOOK_UP.toNanos());
            }
        }
    }

    /** From the end of the log in use. Who was told of the one before remembers nothing of this one. */
    private void startOver() {
        String inUse = events.logId();
        // Fails while it is read
        events.read(0, 1);
        position = events.indexedPosition();
        logId = inUse;
    }

    private void tell(LoggedEvent event) {
        if (event.type().equals(SESSION_ENDED) && event.payload() instanceof SessionEnded ended) {
            sessionEnded.forEach(listener -> listener.accept(ended.sessionId()));
        } else if (event.type().equals(ROLES_CHANGED) && event.payload() instanceof RolesChanged changed) {
            rolesChanged.forEach(listener -> listener.accept(changed.personId()));
        }
    }

    @Override
    public void close() throws InterruptedException {
        follower.interrupt();
        follower.join(LOOK_UP);
    }
}
