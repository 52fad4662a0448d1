package app.veza.eventstore;

import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that back their log up by themselves. */
class BackupScheduleTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final BackupSchedule.Settings OFTEN =
            new BackupSchedule.Settings(Duration.ofMillis(100), Duration.ofMillis(200));

    @TempDir
    Path directory;

    private EventLogConfig config;
    private DirectoryStore store;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void configure() {
        config = TestLog.config(directory.resolve("index"));
        store = new DirectoryStore(directory.resolve("backup"));
    }

    private BackupSchedule schedule(EventLog log, BackupStore objects) {
        return BackupSchedule.start(log, config, objects, List.of(), OFTEN, metrics);
    }

    private EventLogConfig anotherNode() {
        return EventLogConfig.defaults(config.natsUrl(), directory.resolve("other"))
                .withStream(config.streamName());
    }

    @Test
    void theNodeThatSequencesTakesThemAndEveryNodeKnows() throws Exception {
        var first = new Counted(store);
        var second = new Counted(store);
        try (EventLog sequencing = TestLog.open(config);
                EventLog following = TestLog.open(anotherNode());
                BackupSchedule taken = schedule(sequencing, first);
                BackupSchedule seen = schedule(following, second)) {
            for (int i = 1; i <= 3; i++) {
                long position = appended(following, event("chat.A")).lastPosition();
                await().atMost(LONG).untilAsserted(() -> {
                    assertThat(List.of(taken.status(), seen.status()))
                            .allSatisfy(status -> assertThat(status.position()).isEqualTo(position))
                            .allSatisfy(status -> assertThat(status.age()).isZero())
                            .allSatisfy(status -> assertThat(status.trouble()).isEmpty());
                });
            }
            assertThat(sequencing.isSequencing()).isTrue();
            assertThat(first.written).hasPositiveValue();
            assertThat(second.written).hasValue(0);
            assertThat(metrics.get("event.log.backup.position").gauge().value()).isEqualTo(3);
            assertThat(seen.isLate()).isFalse();
        }
    }

    @Test
    void theFirstBackupDoesNotWaitAsLongAsThoseAfterIt() throws Exception {
        var seldom = new BackupSchedule.Settings(Duration.ofMillis(100), Duration.ofHours(1), Duration.ofHours(3));
        assertThat(new BackupSchedule.Settings(Duration.ofHours(1), Duration.ofHours(3)).first())
                .isEqualTo(Duration.ofMinutes(1));
        try (EventLog log = TestLog.open(config);
                BackupSchedule schedule = BackupSchedule.start(log, config, store, List.of(), seldom, metrics)) {
            appended(log, event("chat.A"));
            await().atMost(LONG).until(() -> schedule.status().position() == 1);

            appended(log, event("chat.A"));
            await().during(Duration.ofSeconds(1))
                    .atMost(LONG)
                    .until(() -> schedule.status().position() == 1);
        }
    }

    @Test
    void whatIsTooLongInNoBackupIsToldWithTheReason() throws Exception {
        var full = new Counted(store);
        full.isFull = true;
        try (EventLog log = TestLog.open(config);
                BackupSchedule schedule = schedule(log, full)) {
            appended(log, event("chat.A"));
            await().atMost(LONG).until(schedule::isLate);
            await().atMost(LONG).until(() -> schedule.status().trouble().contains("no room"));
            assertThat(schedule.status().position()).isZero();
            assertThat(metrics.get("event.log.backup.age").gauge().value()).isPositive();

            full.isFull = false;

            await().atMost(LONG).until(() -> schedule.status().position() == 1);
            assertThat(schedule.isLate()).isFalse();
            assertThat(schedule.status().trouble()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedNeedsAPersonAndIsTriedAgainSoonAfter() throws Exception {
        var keys = new Beside();
        keys.entries.add("of ada");
        try (EventLog log = TestLog.open(config);
                BackupSchedule schedule = BackupSchedule.start(log, config, store, List.of(keys), OFTEN, metrics)) {
            appended(log, event("chat.A"));
            await().atMost(LONG).until(() -> schedule.status().position() == 1);
            assertThat(schedule.isRefused()).isFalse();
            keys.entries.clear();
            await().atMost(LONG).until(schedule::isRefused);
            assertThat(metrics.get("event.log.backup.refused").gauge().value()).isEqualTo(1);
            appended(log, event("chat.A"));
            await().atMost(LONG).until(() -> schedule.status().position() == 2);
            new SidecarBackups(store, config.streamName(), List.of(keys)).restore();
            await().atMost(LONG).until(() -> !schedule.isRefused());
            assertThat(keys.entries).containsExactly("of ada");
        }
    }

    /** Counts what is written, and may be full. */
    private static final class Counted implements BackupStore {
        private final BackupStore store;
        private final AtomicInteger written = new AtomicInteger();
        private volatile boolean isFull;

        Counted(BackupStore store) {
            this.store = store;
        }

        @Override
        public void put(String key, byte[] content) throws IOException {
            written.incrementAndGet();
            if (isFull) {
                throw new IOException("no room");
            }
            store.put(key, content);
        }

        @Override
        public Optional<byte[]> get(String key) throws IOException {
            return store.get(key);
        }

        @Override
        public List<String> list(String prefix) throws IOException {
            return store.list(prefix);
        }

        @Override
        public void delete(String key) throws IOException {
            store.delete(key);
        }
    }
}
