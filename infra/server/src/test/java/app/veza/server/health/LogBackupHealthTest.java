package app.veza.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.BackupSchedule;
import app.veza.eventstore.BackupStore;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.NewEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is in no backup for too long is told at {@code /api/health}, and is no reason to stop a node. */
class LogBackupHealthTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final BackupSchedule.Settings OFTEN =
            new BackupSchedule.Settings(Duration.ofMillis(100), Duration.ofMillis(200));

    @TempDir
    Path directory;

    @Test
    void aBackupThatIsLateDegradesTheLog() throws InterruptedException {
        var metrics = new SimpleMeterRegistry();
        var bucket = new Bucket();
        try (NatsServer server = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")))) {
            EventLogConfig config = EventLogConfig.defaults(server.url(), directory.resolve("index"));
            try (EventLog log = EventLog.open(config, metrics);
                    BackupSchedule schedule = BackupSchedule.start(log, config, bucket, List.of(), OFTEN, metrics)) {
                HealthCheck check = new LogHealthChecks().logBackupHealth(schedule);
                log.append(AppendRequest.of(new NewEvent(
                                "id",
                                "chat.A",
                                "1",
                                Instant.now(),
                                List.of(),
                                Map.of(),
                                "{}".getBytes(StandardCharsets.UTF_8))))
                        .join();
                await().atMost(LONG)
                        .until(() -> schedule.status().trouble().contains("the bucket is full")
                                && look(check).status() == PartHealth.Status.DEGRADED);
                assertThat(look(check).error())
                        .contains("behind position 0", "'./veza log backup'")
                        .doesNotContain("the bucket is full");

                bucket.isFull = false;

                await().atMost(LONG)
                        .ignoreException(DegradedException.class)
                        .untilAsserted(() -> assertThat(check.check())
                                .containsEntry("backedUpPosition", 1L)
                                .containsEntry("notBackedUpSeconds", 0L)
                                .containsKey("newest")
                                .doesNotContainKey("waits"));
                assertThat(look(check).status()).isEqualTo(PartHealth.Status.UP);
            }
        }
    }

    private static PartHealth look(HealthCheck check) throws InterruptedException {
        return new PlatformHealth(List.of(check)).look().get("logBackup");
    }

    /** Full at first. */
    private static final class Bucket implements BackupStore {
        private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
        private volatile boolean isFull = true;

        @Override
        public void put(String key, byte[] content) throws IOException {
            if (isFull) {
                throw new IOException("the bucket is full");
            }
            objects.put(key, content);
        }

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(objects.get(key));
        }

        @Override
        public List<String> list(String prefix) {
            return objects.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .toList();
        }

        @Override
        public void delete(String key) {
            objects.remove(key);
        }
    }
}
