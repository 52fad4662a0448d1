package app.veza.server.erasure;

import app.veza.event.EventTypes;
import app.veza.event.identity.PersonErased;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges after an erasure, soon where that costs little: between two there is a pause of so many times what the last took, so that a
 * platform spends a twentieth of its time at most on it, and nobody waits longer than some twenty times that.
 */
final class PurgeSchedule implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PurgeSchedule.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Until then every node has forgotten the key. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final int PAUSE = 20;

    /** Before what failed is done again, for most of it is work. */
    private static final Duration PAUSE_OF_FAILED = Duration.ofMinutes(30);

    private static final Criteria ERASURES =
            Criteria.anyOf(new Criterion(Set.of(EventTypes.nameOf(PersonErased.class)), Set.of()));

    private final EventLog events;
    private final Purge purge;
    private final StoredPurges stored;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("purge").daemon().factory());
    private volatile boolean running;
    private volatile boolean asked;
    /** The log that the position is one of: in a restored one it means others. */
    private String logId = "";

    private long purged;
    private Instant free = Instant.EPOCH;

    PurgeSchedule(EventLog events, Purge purge, StoredPurges stored) {
        this.events = events;
        this.purge = purge;
        this.stored = stored;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, LOOK_EVERY.toSeconds(), LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /** One now, whether anything calls for it or not. */
    void ask() {
        asked = true;
        thread.execute(this::look);
    }

    boolean isRunning() {
        return asked || running;
    }

    private void look() {
        try {
            OptionalLong due = asked ? OptionalLong.of(events.head()) : due(Instant.now());
            if (due.isPresent()) {
                running = true;
                asked = false;
                run(due.getAsLong());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException away) {
            free = Instant.now().plus(PAUSE_OF_FAILED);
            log.warn("Files of the stores could not be rid of who was erased; the next try is at {}", free, away);
        } finally {
            running = false;
        }
    }

    /** Up to where there is somebody to purge. */
    private OptionalLong due(Instant now) {
        if (!logId.equals(events.logId())) {
            logId = events.logId();
            purged = 0;
        }
        if (now.isBefore(free) || !events.source(ERASURES, purged).hasNext()) {
            return OptionalLong.empty();
        }
        stored.last(events.logId()).ifPresent(this::remember);
        return now.isBefore(free) ? OptionalLong.empty() : settled(events.source(ERASURES, purged), now);
    }

    /** The last erasure before which all have settled; those behind it are another purge's, and hold up none. */
    static OptionalLong settled(Iterator<RecordedEvent> erasures, Instant now) {
        OptionalLong last = OptionalLong.empty();
        while (erasures.hasNext()) {
            RecordedEvent next = erasures.next();
            if (!now.isAfter(next.timestamp().plus(SETTLED))) {
                break;
            }
            last = OptionalLong.of(next.position());
        }
        return last;
    }

    /** Also of what another node did. */
    private void remember(Purged last) {
        purged = last.complete() ? last.position() : 0;
        free = last.ended()
                .plus(last.took().multipliedBy(PAUSE))
                .plus(last.complete() ? Duration.ZERO : PAUSE_OF_FAILED);
    }

    private void run(long position) throws SQLException, InterruptedException {
        Optional<Purged> done = purge.run(position);
        if (done.isPresent()) {
            stored.put(done.get());
            remember(done.get());
            if (done.get().complete()) {
                log.info("Files of the stores hold nothing of who was erased up to position {}", purged);
            } else {
                log.warn(
                        "Files of the stores may hold something of who was erased: {}",
                        done.get().places());
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }
}
