package app.veza.projectionengine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known outside of a runner's thread: its state, position and figures. */
final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    /** Of a log that this node has not read yet; further ahead is nobody's position. */
    private static final long FURTHEST_AHEAD = 10_000;

    private final Projection projection;
    private final String target;
    private final EventLog log;
    private final Leadership leadership;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Rate rate = new Rate();
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Tags tags;
    private final Counter applied;
    private final Counter conflicts;
    private final Counter failures;
    private final Timer batches;
    private volatile Doing doing = new Doing(Doing.Step.OPENING, 0, System.nanoTime());
    private volatile long lastHead;
    private volatile boolean served;
    private volatile long waitedFor;
    private long position;
    private int generation = 1;
    private long deadLetters;
    private ProjectionState state = ProjectionState.STARTING;
    private Instant since = Instant.now();
    private @Nullable String lastError;
    private @Nullable String lastCause;
    private @Nullable String stall;
    private @Nullable String stallCause;
    private volatile @Nullable String switchHeldUp;
    private volatile @Nullable String readers;

    /** Of a projection that no other node runs. */
    Progress(Projection projection, String target, EventLog log, MeterRegistry registry) {
        this(projection, target, log, registry, Leadership.ALONE);
    }

    Progress(Projection projection, String target, EventLog log, MeterRegistry registry, Leadership leadership) {
        this.leadership = leadership;
        this.projection = projection;
        this.target = target;
        this.log = log;
        this.registry = registry;
        this.tags = Tags.of(
                "projection", projection.name(), "version", Integer.toString(projection.version()), "target", target);
        gauge("position", "Last position committed", ProjectionStatus::position);
        gauge("lag", "Events between position and head", ProjectionStatus::lag);
        gauge("rate", "Events a second the position moves over", ProjectionStatus::rate);
        gauge(
                "readers.left.behind",
                "1 while nobody moves what readers see, for another version is filled",
                status -> status.readers() == null ? 0 : 1);
        gauge("dead.letters", "Events parked until a person retries or drops them", ProjectionStatus::deadLetters);
        for (ProjectionState one : ProjectionState.values()) {
            meters.add(
                    Gauge.builder("veza.projection.state", this, p -> p.status().state() == one ? 1 : 0)
                            .description("1 for the state the runner is in")
                            .tags(tags.and("state", one.name()))
                            .register(registry));
        }
        this.applied = counter("applied", "Handled events applied");
        this.conflicts = counter("conflicts", "Batches another runner was faster with");
        this.failures = counter("failures", "Batches or starts that failed");
        this.batches = Timer.builder("veza.projection.batch")
                .description("Time to apply and commit one batch")
                .tags(tags)
                .publishPercentileHistogram()
                .register(registry);
        meters.add(batches);
    }

    private void gauge(String what, String description, ToDoubleFunction<ProjectionStatus> value) {
        meters.add(Gauge.builder("veza.projection." + what, this, p -> value.applyAsDouble(p.status()))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private Counter counter(String what, String description) {
        Counter counter = Counter.builder("veza.projection." + what)
                .description(description)
                .tags(tags)
                .register(registry);
        meters.add(counter);
        return counter;
    }

    void state(ProjectionState next) {
        update(() -> {
            if (state != next) {
                state = next;
                since = Instant.now();
            }
        });
    }

    /** The state and its cause, which tells nothing that is not the platform's own. */
    void failed(ProjectionState next, String cause) {
        failed(next, cause, cause);
    }

    /** @param cause for everybody, where the error is for engineers */
    void failed(ProjectionState next, String error, String cause) {
        failures.increment();
        update(() -> {
            lastError = error;
            lastCause = cause;
        });
        state(next);
    }

    void conflict() {
        conflicts.increment();
    }

    void committed(Checkpoint checkpoint, Applied done, long nanos) {
        applied.increment(done.handled());
        if (done.handled() > 0) {
            batches.record(nanos, TimeUnit.NANOSECONDS);
        }
        deadLetters(done.deadLetters());
        at(checkpoint.position());
    }

    /** Readers were led to what the runner fills. It stays so, whoever moves that from here on. */
    void served() {
        switchHeldUp = null;
        readers = null;
        served = true;
    }

    boolean isServed() {
        return served;
    }

    /** @param cause why readers cannot be led to what was filled; null: they can, or nothing is known against it */
    void switchHeldUp(@Nullable String cause) {
        switchHeldUp = cause;
    }

    /** @param leftBehind why readers get less than there is; null: they do not */
    void readers(@Nullable String leftBehind) {
        if (leftBehind != null && readers == null) {
            LOG.warn("Projection {}: {}", projection.name(), leftBehind);
        }
        readers = leftBehind;
    }

    @Nullable
    String switchHeldUp() {
        return switchHeldUp;
    }

    void doing(Doing.Step step, long behind) {
        doing = new Doing(step, behind, System.nanoTime());
    }

    Doing doing() {
        return doing;
    }

    /**
     * What is seen from outside of the runner's thread, whatever state that one says it is in.
     *
     * @param cause null: it moves
     */
    void stalled(@Nullable String cause) {
        lock.lock();
        try {
            if (stall != null && cause == null) {
                LOG.info("Projection {} moves again, at position {}", projection.name(), position);
            }
            // a failure that is tried again is a better cause than what the runner is doing about it
            boolean triesAgain = cause != null && state == ProjectionState.STALLED && lastError != null;
            stall = triesAgain ? lastError + "; it " + cause : cause;
            stallCause = triesAgain ? lastCause + "; it " + cause : cause == null ? null : "it " + cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** More of the cause, while it is stalled. */
    void blocked(String by) {
        update(() -> {
            if (stall != null
                    && !stall.contains(by.substring(0, by.indexOf(',') < 0 ? by.length() : by.indexOf(',')))) {
                stall = stall + "; " + by;
                stallCause = stallCause + "; somebody else holds a lock";
            }
        });
    }

    boolean isStalled() {
        lock.lock();
        try {
            return stall != null;
        } finally {
            lock.unlock();
        }
    }

    void deadLetters(long letters) {
        update(() -> deadLetters = letters);
    }

    void at(long now) {
        update(() -> {
            position = now;
            rate.at(now, System.nanoTime());
        });
    }

    /** Another edition may be behind the former one. */
    void opened(Edition edition, Checkpoint checkpoint, long letters) {
        update(() -> {
            generation = edition.generation();
            deadLetters = letters;
            // it may have been another log's
            waitedFor = 0;
        });
        at(checkpoint.position());
    }

    ProjectionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    ProjectionStatus status() {
        long head = head();
        String leader = leadership.leader(projection).orElse(null);
        lock.lock();
        try {
            boolean hasFailed = state == ProjectionState.STALLED || state == ProjectionState.FAILED;
            return new ProjectionStatus(
                    projection.name(),
                    projection.version(),
                    generation,
                    target,
                    position,
                    head,
                    rate.perSecond(System.nanoTime()),
                    stall == null ? state : ProjectionState.STALLED,
                    stall != null ? stall : switchHeldUp != null ? switchHeldUp : lastError,
                    stall != null ? stallCause : hasFailed ? lastCause : null,
                    deadLetters,
                    readers,
                    leader,
                    since);
        } finally {
            lock.unlock();
        }
    }

    /** The last that is known, while the log does not answer: its failure is the runner's to show. */
    private long head() {
        try {
            long head = log.head();
            lastHead = head;
            return head;
        } catch (LogAccess.Unavailable e) {
            return lastHead;
        }
    }

    /** Somebody waits for a position: it is committed without delay, though no event before it is handled. */
    void waitedFor(long wanted) {
        if (wanted > waitedFor && wanted <= head() + FURTHEST_AHEAD) {
            update(() -> waitedFor = Math.max(waitedFor, wanted));
        }
    }

    boolean isWaitedFor(long committed) {
        return waitedFor > committed;
    }

    boolean await(long wanted, Duration atMost) throws InterruptedException {
        waitedFor(wanted);
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (position < wanted && left > 0) {
                left = changed.awaitNanos(left);
            }
            return position >= wanted;
        } finally {
            lock.unlock();
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        state(ProjectionState.STOPPED);
        meters.forEach(registry::remove);
    }
}
