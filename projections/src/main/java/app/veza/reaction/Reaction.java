package app.veza.reaction;

import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.Outbox.Addition;
import app.veza.reaction.Outbox.Entry;
import app.veza.reaction.Outbox.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log from where any node has followed it to, notes in the outbox what is to be sent, and has it sent. What is noted is sent
 * once, and again only when a node died between sending and noting it.
 */
public abstract class Reaction implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Reaction.class);
    private static final int BATCH = 1000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What happens within it is noted in one transaction: of a busy log each event would be one, on each node. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private static final Duration TIDY_EVERY = Duration.ofHours(1);

    private final EventLog events;
    private final Outbox outbox;
    private final Duration kept;
    private final Runnable prepare;
    private final Thread thread;
    private long tidiedAt;
    private volatile boolean closed;

    /**
     * @param kept how long what became of an entry is remembered
     * @param prepare makes the tables where there are none yet; called until it succeeds
     */
    protected Reaction(EventLog events, Outbox outbox, Duration kept, Runnable prepare) {
        this.events = events;
        this.outbox = outbox;
        this.kept = kept;
        this.prepare = prepare;
        this.thread = Thread.ofVirtual().name(outbox.reaction() + "-reaction").unstarted(this::run);
    }

    /** To whom something is to be sent for an event, each once. Called in the order of the log. */
    protected abstract Collection<UUID> recipients(LoggedEvent event) throws SQLException;

    /** Sends the next that is due, or has it sent; whether there was any. */
    protected abstract boolean deliver() throws SQLException;

    /** The next events to be asked about are those after this position. */
    protected void continueAt(String logId, long position) {}

    public void start() {
        thread.start();
    }

    private void run() {
        boolean prepared = false;
        while (!closed) {
            try {
                if (!prepared) {
                    prepare.run();
                    prepared = true;
                    tidiedAt = System.nanoTime() - TIDY_EVERY.toNanos();
                }
                tidyInTime();
                long position = followOrDeliver();
                if (!deliver()) {
                    events.awaitPast(position, LOOK);
                    if (events.head() - position < BATCH) {
                        LockSupport.parkNanos(LINGER.toNanos());
                    }
                }
            } catch (InterruptedException interrupted) {
                closed = true;
            } catch (SQLException | RuntimeException failure) {
                if (!closed) {
                    log.warn(
                            "What the {} reaction is to send waits: it cannot be read or noted now",
                            outbox.reaction(),
                            failure);
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
        }
    }

    /**
     * What is noted is sent also while nothing more can be, be it that an event cannot be decoded here; unless it is this node that has not
     * read what others noted: it would take it from them and could not send it.
     */
    private long followOrDeliver() throws SQLException {
        try {
            return follow();
        } catch (SQLException | RuntimeException failure) {
            if (hasReadWhatIsNoted()) {
                while (!closed && deliver()) {}
            }
            throw failure;
        }
    }

    private boolean hasReadWhatIsNoted() throws SQLException {
        return outbox.place(events.logId()).filter(this::holds).isPresent();
    }

    /** What cannot be tidied up holds up nothing that is to be sent. */
    private void tidyInTime() {
        if (System.nanoTime() - tidiedAt < TIDY_EVERY.toNanos()) {
            return;
        }
        tidiedAt = System.nanoTime();
        try {
            tidy();
        } catch (SQLException | RuntimeException failure) {
            log.warn("The {} reaction tidies up in an hour again: it cannot now", outbox.reaction(), failure);
        }
    }

    /** What is done each hour, so that the outbox does not grow for ever. */
    protected void tidy() throws SQLException {
        outbox.forgetSettled(kept);
    }

    /**
     * One batch; what was read is noted together with how far.
     *
     * @throws IllegalStateException while the log does not hold what was seen to in it: nothing of it may be sent
     */
    public final long follow() throws SQLException {
        String logId = events.logId();
        Place reached = place(logId);
        requireHeld(logId, reached);
        long position = reached.position();
        List<? extends LoggedEvent> batch = events.read(position, BATCH);
        if (batch.isEmpty() || !events.logId().equals(logId)) {
            return position;
        }
        continueAt(logId, position);
        List<Addition> additions = new ArrayList<>();
        for (LoggedEvent event : batch) {
            for (UUID recipient : recipients(event)) {
                additions.add(new Addition(event.position(), recipient));
            }
        }
        LoggedEvent last = batch.getLast();
        outbox.advance(logId, position, last.position(), last.chainHash(), additions);
        return last.position();
    }

    /** Where a log ends that replaced another is known only once all of it can be read here: until then the end is the other's. */
    private Place place(String logId) throws SQLException {
        Optional<Place> reached = outbox.place(logId);
        if (reached.isPresent()) {
            return reached.get();
        }
        if (!isInUse(logId)) {
            throw new IllegalStateException("Where log %s ends is not known here yet".formatted(logId));
        }
        outbox.begin(logId, events.head());
        return outbox.place(logId)
                .orElseThrow(() -> new IllegalStateException("Another node follows another log than " + logId));
    }

    private boolean isInUse(String logId) {
        return events.isCaughtUp() && events.logId().equals(logId);
    }

    /** A log that is late here is waited for; one that lost its end gets another id, and is followed from its end as a restored one is. */
    private void requireHeld(String logId, Place reached) {
        if (holds(reached)) {
            return;
        }
        if (isInUse(logId) && !holds(reached)) {
            events.disown(logId, reached.known(), reached.chain());
        }
        throw new IllegalStateException("Log %s does not hold, or not yet, what was seen to at its position %d"
                .formatted(logId, reached.known()));
    }

    private boolean holds(Place reached) {
        return reached.chain().length == 0
                || events.chainHash(reached.known())
                        .filter(hash -> Arrays.equals(hash, reached.chain()))
                        .isPresent();
    }

    /**
     * What an entry follows from. Empty when its log was replaced since: its positions mean other events now. Whatever was decided by then
     * can be read here when this returns.
     *
     * @throws IllegalStateException while this node has not read as far as the one that noted it, or may know an older log
     */
    protected final Optional<LoggedEvent> event(Entry entry) {
        String logId = events.logId();
        if (!entry.logId().equals(logId)) {
            if (isInUse(logId)) {
                return Optional.empty();
            }
            throw new IllegalStateException(
                    "Which log is in use, %s or %s, is not known here yet".formatted(entry.logId(), logId));
        }
        awaitRead(entry.position());
        Optional<LoggedEvent> event = events.read(entry.position() - 1, 1).stream()
                .<LoggedEvent>map(read -> read)
                .findFirst();
        if (event.isEmpty()) {
            throw new IllegalStateException("This node has not read position %d yet".formatted(entry.position()));
        }
        return event;
    }

    private void awaitRead(long position) {
        try {
            events.awaitPast(position - 1, LOOK);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node stops", stopping);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(LOOK);
    }
}
