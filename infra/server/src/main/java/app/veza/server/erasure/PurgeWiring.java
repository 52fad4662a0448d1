package app.veza.server.erasure;

import app.veza.eventstore.BackupSidecar;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.SidecarBackups;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.Role;
import app.veza.server.node.S3BackupStore;
import app.veza.stores.ObjectStore;
import app.veza.stores.PostgresPool;
import app.veza.stores.Redis;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Nodes that run projections purge, for that is most of it; whoever certifies reads what they did. */
@Configuration(proxyBeanMethods = false)
class PurgeWiring {

    @Bean
    StoredPurges storedPurges(ObjectStore objects, NodeConfig node) {
        return new StoredPurges(objects, node.log().stream());
    }

    @Bean
    @ConditionalOnRole(Role.PROJECTIONS)
    PurgeSchedule purgeSchedule(
            EventLog log,
            ProjectionEngine engine,
            Redis redis,
            ObjectStore objects,
            EventLogConfig config,
            BackupSidecar keyBackup,
            StoredPurges stored,
            @Qualifier("primaryWriter") PostgresPool primary,
            @Qualifier("replica") PostgresPool replica) {
        var purge = new Purge(
                log,
                new ReadModelPurge(engine),
                new RedisPurge(redis),
                new SidecarBackups(new S3BackupStore(objects), config.streamName(), List.of(keyBackup)),
                primary.dataSource(),
                replica.dataSource());
        var schedule = new PurgeSchedule(log, purge, stored);
        schedule.start();
        return schedule;
    }
}
