package app.veza.eventstore;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the whole log again and again, slowly, while it is in use. What stands in the stream may rot long after it was read: no
 * setting of NATS survives a flipped bit, and a node that has indexed an event never reads its message again.
 */
public final class LogAuditor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogAuditor.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MOST_NAMED = 100;

    /**
     * @param messagesPerSecond at most
     * @param pause between two passes, and at most before the first: a random part of it, so that nodes started together take turns
     */
    public record Settings(int messagesPerSecond, Duration pause) {
        public Settings {
            if (messagesPerSecond < 1 || pause.isNegative()) {
                throw new IllegalArgumentException("the audit needs at least one message per second, and a pause");
            }
        }
    }

    /**
     * @param position up to where the present pass is
     * @param damages of the last whole pass, and what the present one has found
     * @param completed when the last whole pass ended
     * @param trouble why the audit cannot go on at present; empty when it can
     */
    public record Status(
            String logId, long position, List<LogDamage> damages, Optional<Instant> completed, String trouble) {}

    private final EventLogConfig config;
    private final Settings settings;
    private final @Nullable BackupStore backups;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private final Set<LogDamage> losses = new LinkedHashSet<>();
    private final Set<LogDamage> found = new LinkedHashSet<>();
    private final Set<LogDamage> confirmed = new LinkedHashSet<>();
    private @Nullable LogMark next;
    private @Nullable LogMark known;
    /** Of this log: an audit that never ends a pass is to be noticed too. */
    private volatile Instant begun = Instant.now();

    private volatile Status status = new Status("", 0, List.of(), Optional.empty(), "");

    private LogAuditor(
            EventLogConfig config, Settings settings, @Nullable BackupStore backups, MeterRegistry registry) {
        this.config = config;
        this.settings = settings;
        this.backups = backups;
        this.thread = Thread.ofPlatform()
                .name("event-log-auditor-" + config.streamName())
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .unstarted(this::run);
        Tags tags = Tags.of("log", config.streamName());
        Gauge.builder("event.log.audit.position", () -> status.position())
                .description("Position up to which the present pass of the audit has found the log sound")
                .tags(tags)
                .register(registry);
        Gauge.builder("event.log.audit.damaged", () -> status.damages().size())
                .description("Damaged parts of the log that the audit knows of; anything but 0 is an alarm")
                .tags(tags)
                .register(registry);
        Gauge.builder("event.log.audit.age", this::ageSeconds)
                .description(
                        "Time since the whole log was last verified; before the first time, since the audit was to begin")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
    }

    public static LogAuditor start(EventLogConfig config, Settings settings, MeterRegistry registry) {
        return start(new LogAuditor(config, settings, null, registry));
    }

    /** @param backups tell what a log that lost its tail before this process began has lost */
    public static LogAuditor start(
            EventLogConfig config, Settings settings, BackupStore backups, MeterRegistry registry) {
        return start(new LogAuditor(config, settings, backups, registry));
    }

    private static LogAuditor start(LogAuditor auditor) {
        auditor.thread.start();
        return auditor;
    }

    public Status status() {
        return status;
    }

    private double ageSeconds() {
        return status.completed().map(LogAuditor::since).orElseGet(() -> since(begun));
    }

    private static double since(Instant at) {
        return Duration.between(at, Instant.now()).toMillis() / 1000.0;
    }

    private void run() {
        long pause = settings.pause().toMillis();
        long wait = pause == 0 ? 0 : ThreadLocalRandom.current().nextLong(pause);
        while (!closesWithin(Duration.ofMillis(wait))) {
            try (LogVerifier log = LogVerifier.connect(config)) {
                pass(log);
                wait = pause;
            } catch (IOException | RuntimeException e) {
                trouble(e);
                wait = RETRY.toMillis();
            }
        }
    }

    private void trouble(Exception fault) {
        String text = String.valueOf(fault.getMessage());
        if (!text.equals(status.trouble())) {
            LOG.info("The audit of the log {} waits: {}", config.streamName(), text);
        }
        status = new Status(status.logId(), status.position(), status.damages(), status.completed(), text);
    }

    private void pass(LogVerifier log) throws IOException {
        LogMark from = next;
        if (from == null || !from.logId().equals(log.logId())) {
            begun = from == null ? begun : Instant.now();
            from = log.origin();
            losses.clear();
            confirmed.clear();
            found.clear();
            status = new Status(log.logId(), 0, List.of(), Optional.empty(), "");
        }
        if (known != null) {
            log.since(known).ifPresent(loss -> alarm(losses, loss));
        }
        if (backups != null) {
            for (LogMark former : log.formerEnds(backups)) {
                log.since(former).ifPresent(loss -> alarm(losses, loss));
            }
        }
        var listener = new Paced(log.logId());
        LogVerifier.Outcome outcome = log.verify(from, listener);
        if (outcome.stopped()) {
            return;
        }
        if (found.isEmpty() && !confirmed.isEmpty()) {
            LOG.info("The log {} is sound again", config.streamName());
        }
        confirmed.clear();
        confirmed.addAll(found);
        found.clear();
        known = outcome.reached();
        next = log.origin();
        tell(log.logId(), outcome.reached().position(), Optional.of(Instant.now()));
    }

    private void alarm(Set<LogDamage> kind, LogDamage damage) {
        boolean isNew = !confirmed.contains(damage) && !losses.contains(damage);
        if (kind.size() < MOST_NAMED && kind.add(damage) && isNew) {
            LOG.error(
                    damage.isOfOneCopy()
                            ? "THE LOG {} IS DAMAGED: {}. Give that server a new copy as the event store's DRILL.md says"
                            : "THE LOG {} IS DAMAGED: {}. Its events are still in the backup, and in the index of a node that has read them: "
                                    + "verify the log, then restore it as the event store's DRILL.md says",
                    config.streamName(),
                    damage);
        }
    }

    private void tell(String logId, long position, Optional<Instant> completed) {
        Set<LogDamage> all = new LinkedHashSet<>(losses);
        all.addAll(confirmed);
        all.addAll(found);
        status = new Status(logId, position, List.copyOf(all), completed, "");
    }

    /** Told after every batch; keeps to the rate by sleeping for what the batch was too fast. */
    private final class Paced implements LogVerifier.Listener {
        private final String logId;
        private final long begun = System.nanoTime();
        private long first = -1;

        Paced(String logId) {
            this.logId = logId;
        }

        @Override
        public void damaged(LogDamage damage) {
            alarm(found, damage);
        }

        @Override
        public boolean progressed(LogMark reached, long readSequence) {
            next = reached;
            tell(logId, reached.position(), status.completed());
            first = first < 0 ? reached.sequence() : first;
            long due = begun
                    + TimeUnit.SECONDS.toNanos(1) * Math.max(0, readSequence - first) / settings.messagesPerSecond();
            return !closesWithin(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
    }

    private boolean closesWithin(Duration time) {
        try {
            return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
