package app.veza.eventstore.personal;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.personal.ErasurePlace.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes erasures last. An erasure stands in three places: as an event in the log, as a tombstone in place of the keys, and in a register
 * beside the backups. Whatever was restored, {@link #open} has it in all three again before it returns; afterwards erasures of
 * other nodes are followed in the log: what this node holds in memory it forgets at once, and apart from that each place that has to be
 * reached is rid of them as soon as it can be. A log that is put in the place of this one meanwhile is given the erasures that it does not
 * know, and all that it knows are carried out once more.
 */
public final class Erasures implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Logger logger = LoggerFactory.getLogger(Erasures.class);

    private final EventLog log;
    private final SubjectKeys keys;
    private final ErasureRegister register;
    private final ErasureEvents events;
    private final Criteria erasures;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final List<ErasurePlace> places = new CopyOnWriteArrayList<>();
    private final Thread follower = Thread.ofVirtual().name("erasures").unstarted(this::follow);
    /** Of the log whose erasures were replayed; the position is one of it. */
    private volatile String logId = "";

    private volatile long position;
    private volatile boolean closed;

    private Erasures(EventLog log, SubjectKeys keys, ErasureRegister register, ErasureEvents events) {
        this.log = log;
        this.keys = keys;
        this.register = register;
        this.events = events;
        this.erasures = Criteria.anyOf(new Criterion(Set.of(events.type()), Set.of()));
    }

    /**
     * To be called before anything is served. Replays every erasure that the log, the keys or the register knows of.
     *
     * @throws RuntimeException when one of the three cannot be reached: then nothing may be served
     */
    public static Erasures open(EventLog log, SubjectKeys keys, ErasureRegister register, ErasureEvents events) {
        var erasures = new Erasures(log, keys, register, events);
        erasures.logId = log.logId();
        erasures.position = erasures.replay();
        erasures.places.add(new ErasurePlace("keys", one -> keys.bury(one.subject(), one.position())));
        erasures.places.add(new ErasurePlace("register", one -> register.record(one.subject(), Instant.now())));
        erasures.follower.start();
        return erasures;
    }

    /**
     * Destroys the keys of a subject whose erasure stands in the log; for ever, here and at once. It may be repeated. What it
     * has not done when it fails, or when this process ends, is done by whoever follows the log.
     *
     * @param position of the event
     * @throws RuntimeException when keys or register cannot be reached
     */
    public void erase(String subject, long position) {
        forget(subject);
        keys.bury(subject, position);
        register.record(subject, Instant.now());
    }

    private void forget(String subject) {
        keys.condemn(subject);
        listeners.forEach(listener -> listener.accept(subject));
    }

    /**
     * Called for every erasure from now on, on this node's and on others', perhaps more than once: to forget what is in memory.
     *
     * @param listener must neither throw nor wait for anything, for others wait for it: {@link #carryOut} is for that
     */
    public void onErased(Consumer<String> listener) {
        listeners.add(listener);
    }

    /**
     * Has everybody erased in one more place, who went before included, on a thread of its own and apart from all others.
     *
     * @param place for the log's lines
     * @param work given the subject, perhaps more than once; what it throws has it tried again, each second
     */
    public void carryOut(String place, Consumer<String> work) {
        var further = new ErasurePlace(place, erasure -> work.accept(erasure.subject()));
        places.add(further);
        log.source(erasures, 0).forEachRemaining(event -> further.add(erasure(event)));
    }

    private Erasure erasure(RecordedEvent event) {
        return new Erasure(events.subject().apply(event), event.position());
    }

    /** Up to where every erasure in the log counts on this node: it can read nothing of them any more, and holds nothing of them. */
    public long position() {
        return log.logId().equals(logId) ? position : 0;
    }

    /** @return up to where the log was read */
    private long replay() {
        Map<String, @Nullable Long> subjects = new LinkedHashMap<>();
        Sourcing inLog = log.source(erasures, 0);
        while (inLog.hasNext()) {
            RecordedEvent event = inLog.next();
            subjects.putIfAbsent(events.subject().apply(event), event.position());
        }
        Set<String> registered = register.all();
        Set<String> lost = new HashSet<>(registered);
        lost.addAll(keys.table().tombstones());
        lost.removeAll(subjects.keySet());
        lost.forEach(subject -> subjects.put(subject, null));

        Set<String> buried = keys.table().buried();
        subjects.forEach((subject, at) -> {
            if (!buried.contains(subject)) {
                // First of all: the rest may fail
                keys.bury(subject, at);
                logger.warn("The erasure of subject {} was not known to the keys: replayed", subject);
            }
            if (at == null) {
                append(subject);
                logger.warn("The erasure of subject {} did not stand in the log: appended again", subject);
            }
            if (!registered.contains(subject)) {
                register.record(subject, Instant.now());
            }
        });
        return inLog.marker();
    }

    /** Once, also when several nodes start at a time. */
    private void append(String subject) {
        NewEvent event = events.event().apply(subject);
        Criteria same = Criteria.anyOf(new Criterion(Set.of(event.type()), Set.copyOf(event.tags())));
        try {
            log.append(AppendRequest.of(event).provided(same, 0)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof AppendFailure failure ? failure : e;
        }
    }

    private void follow() {
        while (!closed) {
            try {
                boolean further = log.awaitPast(position, LOOK);
                if (!log.logId().equals(logId)) {
                    startOver();
                } else if (further) {
                    Sourcing found = log.source(erasures, position);
                    while (found.hasNext()) {
                        Erasure erasure = erasure(found.next());
                        forget(erasure.subject());
                        places.forEach(place -> place.add(erasure));
                        position = erasure.position();
                    }
                    position = found.marker();
                }
            } catch (RuntimeException failure) {
                logger.error("Erasures after position {} could not be followed; trying again", position, failure);
            }
            // One look serves for many events of a busy log
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The log in use is another one: a restored one, or one that lost its end. */
    private void startOver() {
        String inUse = log.logId();
        // Fails while it is read here
        log.read(0, 1);
        replay();
        // Everybody once more: who was erased behind a position that both logs have is not known by it
        position = 0;
        logger.warn("Log {} was replaced by log {}: its erasures are replayed and carried out again", logId, inUse);
        logId = inUse;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        follower.interrupt();
        follower.join(LOOK);
        for (ErasurePlace place : places) {
            place.close();
        }
    }
}
