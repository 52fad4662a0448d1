package app.veza.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.LogAuditor;
import app.veza.eventstore.NewEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged log is told at {@code /api/health}, and does not take a node out of service that has read its events. */
class LogAuditHealthTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final LogAuditor.Settings FAST = new LogAuditor.Settings(100_000, Duration.ofMillis(50));

    @TempDir
    Path directory;

    @Test
    void damageThatTheAuditorFindsDegradesTheLog() throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")))) {
            EventLogConfig config = EventLogConfig.defaults(server.url(), directory.resolve("index"));
            var metrics = new SimpleMeterRegistry();
            try (EventLog log = EventLog.open(config, metrics)) {
                log.append(AppendRequest.of(
                                new NewEvent("id", "chat.A", "1", Instant.now(), List.of(), Map.of(), json("{}"))))
                        .join();
            }
            try (LogAuditor auditor = LogAuditor.start(config, FAST, metrics)) {
                HealthCheck check = new LogHealthChecks().logAuditHealth(auditor);
                Awaitility.await().atMost(LONG).until(() -> check.check().containsKey("completedAt"));
                assertThat(check.check()).containsEntry("verifiedPosition", 1L);
                assertThat(look(check).status()).isEqualTo(PartHealth.Status.UP);

                publishWhatDoesNotGiveItsHash(server.url(), config);

                Awaitility.await().atMost(LONG).until(() -> look(check).status() == PartHealth.Status.DEGRADED);
                assertThat(look(check).error()).contains("the log is damaged", "'./veza log verify'");
                assertThat(metrics.get("event.log.audit.damaged").gauge().value())
                        .isPositive();
            }
        }
    }

    private static PartHealth look(HealthCheck check) throws InterruptedException {
        return new PlatformHealth(List.of(check)).look().get("logAudit");
    }

    /** As a message that was changed after it had been stored. */
    private static void publishWhatDoesNotGiveItsHash(String url, EventLogConfig config) throws Exception {
        String hash = "A".repeat(43);
        var headers = new Headers()
                .add("Log-Append-Id", "append")
                .add("Log-Position", "2")
                .add("Log-Count", "1")
                .add("Log-Previous", hash)
                .add("Log-Chain", hash)
                .add("ce-id", "id")
                .add("ce-type", "chat.A")
                .add("ce-source", config.subjectPrefix())
                .add("ce-specversion", "1.0")
                .add("ce-time", "2026-01-02T03:04:05Z");
        try (Connection stranger = Nats.connect(url)) {
            stranger.jetStream().publish(config.subjectPrefix() + ".chat.A", headers, json("{\"changed\":1}"));
        }
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
