package app.veza.eventstore;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs the log up while it is in use, whenever an event has been in no backup for so long. The node that sequences does it, so one at a
 * time; every node looks at what is stored and knows how much a loss of the log would cost. Two at once, as at a change of nodes,
 * cost an object or two and harm nothing: each writes whole backups.
 */
public final class BackupSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(50);

    /**
     * @param first of a log that no backup knows an event calls for one after so long: until then nobody would remember that there was a log
     * @param every an event that is in no backup for so long calls for one; zero: none does, and backups that others take are watched
     * @param late in no backup for so long: something is wrong
     */
    public record Settings(Duration first, Duration every, Duration late) {
        private static final Duration LONGEST_FIRST = Duration.ofMinutes(1);

        public Settings(Duration every, Duration late) {
            this(every.compareTo(LONGEST_FIRST) < 0 ? every : LONGEST_FIRST, every, late);
        }

        public Settings {
            if (every.isNegative() || late.compareTo(every) < 0) {
                throw new IllegalArgumentException(
                        "a backup is late after %s, which must not be less than the %s between two"
                                .formatted(late, every));
            }
        }

        private boolean areTaken() {
            return !every.isZero();
        }

        private Duration every(boolean isFirst) {
            return isFirst ? first : every;
        }

        private Duration look(boolean isFirst) {
            Duration part = areTaken() ? every(isFirst).dividedBy(10) : LONGEST_LOOK;
            part = part.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : part;
            return part.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : part;
        }
    }

    /**
     * @param logId empty before the first look
     * @param position up to which the newest backup of this log reaches; 0: there is none
     * @param createdAt of that backup, RFC 3339; empty when there is none
     * @param missingSince time of the first event that is in no backup; empty when all are
     * @param trouble why there is no newer backup, or why it is not known; empty when there is no reason
     */
    public record Status(
            String logId, long position, String createdAt, Optional<Instant> missingSince, String trouble) {

        /** How far back a loss of the log would throw the platform, in time. */
        public Duration age() {
            return missingSince
                    .map(since -> Duration.between(since, Instant.now()))
                    .filter(age -> !age.isNegative())
                    .orElse(Duration.ZERO);
        }
    }

    private final EventLog log;
    private final LogBackup backup;
    private final BackupObjects objects;
    private final Settings settings;
    private final long startedAt = System.nanoTime();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private long tried = System.nanoTime();
    private String logId = "";
    private String newestKey = "";
    private long position;
    private String createdAt = "";
    /** Why the last attempt failed; empty when it did not. */
    private String failure = "";
    /** Since when attempts fail, 0 when they do not. */
    private volatile long failingSince;

    /** Whether the last attempt was refused, which needs a person. */
    private volatile boolean refused;

    private volatile Status status = new Status("", 0, "", Optional.empty(), "");

    private BackupSchedule(
            EventLog log,
            EventLogConfig config,
            BackupStore store,
            List<BackupSidecar> sidecars,
            Settings settings,
            MeterRegistry registry) {
        this.log = log;
        this.backup = new LogBackup(config, store, sidecars);
        this.objects = new BackupObjects(store);
        this.settings = settings;
        this.thread = Thread.ofPlatform()
                .name("event-log-backup-" + config.streamName())
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .unstarted(this::run);
        Tags tags = Tags.of("log", config.streamName());
        Gauge.builder("event.log.backup.position", () -> status.position())
                .description("Last position that the newest backup of the log holds")
                .tags(tags)
                .register(registry);
        Gauge.builder("event.log.backup.age", () -> status.age().toMillis() / 1000.0)
                .description(
                        "Age of the oldest event that is in no backup; more than the time between two backups is an alarm")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
        Gauge.builder("event.log.backup.refused", () -> isRefused() ? 1 : 0)
                .description("1 while backups are refused, for what is backed up is not what is there: an alarm")
                .tags(tags)
                .register(registry);
    }

    public static BackupSchedule start(
            EventLog log,
            EventLogConfig config,
            BackupStore store,
            List<BackupSidecar> sidecars,
            Settings settings,
            MeterRegistry registry) {
        var schedule = new BackupSchedule(log, config, store, sidecars, settings, registry);
        schedule.thread.start();
        return schedule;
    }

    public Status status() {
        return status;
    }

    /** What is backed up is not, or not all of it, what is there: it needs a person, who is told why by the command and the log's lines. */
    public boolean isRefused() {
        return refused;
    }

    /** Whether events are in no backup that should long be, or none could be taken for as long. A node that has just started is given the time to take one. */
    public boolean isLate() {
        Duration running = Duration.ofNanos(System.nanoTime() - startedAt);
        Duration grace = settings.late().compareTo(LONGEST_LOOK) < 0 ? settings.late() : LONGEST_LOOK;
        boolean fails = failingSince != 0
                && System.nanoTime() - failingSince > settings.late().toNanos();
        return running.compareTo(grace) > 0 && (fails || status.age().compareTo(settings.late()) > 0);
    }

    private void run() {
        Duration wait = SHORTEST_LOOK;
        while (!closesWithin(wait)) {
            wait = settings.look(createdAt.isEmpty());
            try {
                look();
                if (isDue()) {
                    take();
                }
            } catch (CancellationException closed) {
                LOG.debug("A backup of the log {} was given up, for this node stops", logId);
            } catch (IOException | RuntimeException | Error e) {
                // An Error, too: else nobody would take one any more, nor say so
                trouble(described(e));
            }
        }
    }

    private static String described(Throwable e) {
        return e instanceof Error ? e.toString() : String.valueOf(e.getMessage());
    }

    /** What lies beside the log, such as keys, may have changed without an event. What failed waits a little longer. */
    private boolean isDue() {
        long rested = System.nanoTime() - tried;
        boolean isFirst = createdAt.isEmpty();
        boolean isRested = rested > 5 * settings.look(isFirst).toNanos();
        boolean isMissed = status.age().compareTo(settings.every(isFirst)) > 0 && (failure.isEmpty() || isRested);
        // Else a person who has mended it would wait for the next
        boolean isAskedAgain = refused && isRested;
        return settings.areTaken()
                && log.isSequencing()
                && (isMissed || isAskedAgain || rested > settings.every().toNanos());
    }

    private void take() throws IOException {
        tried = System.nanoTime();
        try {
            LogBackup.Outcome outcome = backup.run(false, (position, readSequence, lastSequence) -> {
                if (closing.getCount() == 0) {
                    throw new CancellationException();
                }
            });
            succeeded();
            if (outcome.newObjects() > 0) {
                LOG.info(
                        "The log is backed up to position {}: {} new bytes",
                        outcome.lastPosition(),
                        outcome.newBytes());
            }
        } catch (CancellationException closed) {
            throw closed;
        } catch (IOException | RuntimeException | Error e) {
            failure = described(e);
            failingSince = failingSince == 0 ? System.nanoTime() : failingSince;
            refused = e instanceof BackupRefusedException;
            throw e;
        }
        look();
    }

    private void succeeded() {
        failure = "";
        failingSince = 0;
        refused = false;
    }

    /** Backups that somebody else took count as well. */
    private void look() throws IOException {
        if (!log.logId().equals(logId)) {
            logId = log.logId();
            newestKey = "";
            position = 0;
            createdAt = "";
            succeeded();
        }
        if (!log.isSequencing()) {
            // Another node takes them, and tells of its own failures
            succeeded();
        }
        String key = objects.newestKey(logId).orElse("");
        if (!key.equals(newestKey)) {
            BackupManifest newest = objects.manifest(key);
            position = newest.end().position();
            createdAt = newest.createdAt();
            newestKey = key;
        }
        tell(failure);
    }

    private void tell(String trouble) {
        Optional<Instant> missing =
                log.read(position, 1).stream().map(RecordedEvent::timestamp).findFirst();
        status = new Status(logId, position, createdAt, missing, trouble);
    }

    private void trouble(String why) {
        if (!why.equals(status.trouble())) {
            LOG.warn("The log cannot be backed up just now: {}", why);
        }
        try {
            tell(why);
        } catch (RuntimeException unreadable) {
            LOG.debug("Nor can the log be read here", unreadable);
            status = new Status(logId, position, createdAt, status.missingSince(), why);
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
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
