package app.veza.server.node;

import app.veza.event.EventTags;
import app.veza.eventstore.BackupSchedule;
import app.veza.eventstore.BackupSidecar;
import app.veza.eventstore.Durability;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.FormerLog;
import app.veza.eventstore.LogAuditor;
import app.veza.eventstore.SnapshotPolicy;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import app.veza.eventstore.personal.KeyBackup;
import app.veza.stores.ObjectStore;
import app.veza.stores.PostgresPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log, opened once for the node: everything else reads it through this node's index. */
@Configuration(proxyBeanMethods = false)
class EventLogWiring {

    @Bean
    EventLogConfig eventLogConfig(NodeConfig node, @Value("${veza.nats.url}") String natsUrl) {
        return EventLogConfig.defaults(natsUrl, node.dataDirectory().resolve("log-index"))
                .withStream(node.log().stream(), node.log().subjectPrefix())
                .withDurability(durability(node.log().durability()), node.log().replicas());
    }

    @Bean
    EventLog eventLog(EventLogConfig config, NodeConfig node, ObjectStore bucket, MeterRegistry meters) {
        SnapshotPolicy snapshots = new SnapshotPolicy(
                new ObjectStoreSnapshots(bucket),
                node.nodeId(),
                node.log().snapshotEvery(),
                node.log().snapshotEvents());
        return EventLog.open(config, meters, snapshots, FormerLog.backedUp(new S3BackupStore(bucket), config));
    }

    /** Made after the log, which creates the stream when there is none. */
    @Bean
    LogAuditor logAuditor(
            EventLog log, EventLogConfig config, NodeConfig node, ObjectStore bucket, MeterRegistry meters) {
        NodeConfig.Audit audit = node.log().audit();
        return LogAuditor.start(
                config,
                new LogAuditor.Settings(audit.messagesPerSecond(), audit.pause()),
                new S3BackupStore(bucket),
                meters);
    }

    /** The wrapped keys of personal data: without them most of the log is silent. */
    @Bean
    BackupSidecar keyBackup(@Qualifier("keyPool") PostgresPool keys) {
        return new KeyBackup(keys.dataSource());
    }

    @Bean
    BackupSchedule backupSchedule(
            EventLog log,
            EventLogConfig config,
            NodeConfig node,
            ObjectStore bucket,
            BackupSidecar keyBackup,
            MeterRegistry meters) {
        NodeConfig.Backup backup = node.log().backup();
        return BackupSchedule.start(
                log,
                config,
                new S3BackupStore(bucket),
                List.of(keyBackup),
                new BackupSchedule.Settings(backup.every(), backup.late()),
                meters);
    }

    @Bean
    LoggedEvents loggedEvents(EventLog log, JacksonEventCodec codec, Erasures erasures) {
        LoggedEvents events = new LoggedEvents(log, codec);
        erasures.onErased(person -> events.forget());
        return events;
    }

    @Bean
    PlatformKey platformKey(NodeConfig node) {
        return PlatformKey.read(node.platformKeyFile());
    }

    @Bean
    PersonalTags personalTags(PlatformKey key) {
        return new PersonalTags(EventTags.PERSONAL, key.bytes());
    }

    private static Durability durability(String name) {
        try {
            return Durability.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "veza.log.durability is 'process' or 'power', not '" + name + "'", unknown);
        }
    }
}
