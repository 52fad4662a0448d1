package app.veza.server.health;

import static app.veza.server.health.StoreHealthChecks.named;

import app.veza.eventstore.BackupSchedule;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.LogAuditor;
import app.veza.server.node.NodeConfig;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** NATS by a round trip and the stream's own state; the index by how far it is behind what is known of the log. */
@Configuration(proxyBeanMethods = false)
class LogHealthChecks {

    /** Why is in the words of whoever did not answer. */
    private static final String WAITS = "the node's log says for what";

    /** A connection of its own: the log's would tell how the log is, not how the server is. */
    @Bean(destroyMethod = "close")
    Connection healthConnection(@Value("${veza.nats.url}") String url) throws InterruptedException {
        Options options = Options.builder()
                .server(url)
                .connectionName("veza-health")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(250))
                .connectionTimeout(Duration.ofSeconds(2))
                .errorListener(new QuietListener())
                .build();
        try {
            return Nats.connectReconnectOnConnect(options);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException("veza.nats.url cannot be used", failure);
        }
    }

    @Bean
    HealthCheck natsHealth(Connection connection, NodeConfig node) {
        return named("nats", () -> {
            if (connection.getStatus() != Connection.Status.CONNECTED) {
                throw new DownException("not connected: " + connection.getStatus());
            }
            StreamInfo stream = connection.jetStreamManagement().getStreamInfo(node.log().stream());
            StreamConfiguration settings = stream.getConfiguration();
            return Map.of(
                    "role", "event bus",
                    "version", connection.getServerInfo().getVersion(),
                    "durability", settings.getMetadata().getOrDefault("durability", "unknown"),
                    "replicas", settings.getReplicas(),
                    "streamMessages", stream.getStreamState().getMsgCount(),
                    "streamBytes", stream.getStreamState().getByteCount());
        });
    }

    @Bean
    HealthCheck eventLogHealth(EventLog log, NodeConfig node) {
        return named("eventLog", () -> {
            long indexed = log.indexedPosition();
            return Map.of(
                    "role", "source of truth",
                    "sequencing", log.isSequencing(),
                    "logId", log.logId(),
                    "position", log.head(),
                    "indexedPosition", indexed,
                    "lag", Math.max(0, log.head() - indexed),
                    "durability", node.log().durability());
        });
    }

    /** Damage does not stop a node that has read the events before: it is told, and is for an engineer to repair. */
    @Bean
    HealthCheck logAuditHealth(LogAuditor auditor) {
        return named("logAudit", () -> {
            LogAuditor.Status status = auditor.status();
            if (!status.damages().isEmpty()) {
                throw new DegradedException("the log is damaged: %s; './veza log verify' names all of it"
                        .formatted(status.damages().getFirst()));
            }
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("role", "verifies the log");
            details.put("verifiedPosition", status.position());
            status.completed().ifPresent(at -> details.put("completedAt", at.toString()));
            if (!status.trouble().isEmpty()) {
                details.put("waits", WAITS);
            }
            return details;
        });
    }

    /** What a loss of the log would cost. */
    @Bean
    HealthCheck logBackupHealth(BackupSchedule backups) {
        return named("logBackup", () -> {
            BackupSchedule.Status status = backups.status();
            if (backups.isRefused()) {
                throw new DegradedException(
                        "backups are refused, for something that is backed up is lost: './veza log backup' says what, and what to do");
            }
            if (backups.isLate()) {
                throw new DegradedException(
                        "%d minutes of the log behind position %d are in no backup; './veza log backup' takes one now"
                                .formatted(status.age().toMinutes(), status.position()));
            }
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("role", "backups of the log");
            details.put("backedUpPosition", status.position());
            details.put("notBackedUpSeconds", status.age().toSeconds());
            if (!status.createdAt().isEmpty()) {
                details.put("newest", status.createdAt());
            }
            if (!status.trouble().isEmpty()) {
                details.put("waits", WAITS);
            }
            return details;
        });
    }
}
