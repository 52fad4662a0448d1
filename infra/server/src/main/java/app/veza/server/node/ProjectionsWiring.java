package app.veza.server.node;

import app.veza.projection.Projections;
import app.veza.projectionengine.JobsConfig;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionNode;
import app.veza.projectionengine.ProjectionTargets;
import app.veza.stores.PostgresPool;
import app.veza.stores.ReadPositions;
import app.veza.stores.Redis;
import app.veza.stores.StoresConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs every projection that the module {@code projections} has. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.PROJECTIONS)
class ProjectionsWiring {

    @Bean
    ProjectionEngine projectionEngine(
            LoggedEvents log,
            @Qualifier("primaryWriter") PostgresPool primary,
            @Qualifier("analyticsWriter") PostgresPool analytics,
            Redis redis,
            ReadPositions reads,
            NodeConfig node,
            StoresConfig stores,
            MeterRegistry meters) {
        ProjectionEngine engine = ProjectionEngine.start(
                log,
                new ProjectionTargets(primary.dataSource(), analytics.dataSource(), redis.client()),
                Projections.all(),
                ProjectionEngineConfig.defaults()
                        .withRedisKeyPrefix(node.redis().keyPrefix())
                        .withSwitching(node.projections().switching()),
                jobs(node, stores),
                meters,
                ProjectionNode.of(node.nodeId()));
        reads.onWait(engine::waitedFor);
        return engine;
    }

    /** Its name differs at each start: what a former process of this node had in hand is taken over like any other's. */
    private static JobsConfig jobs(NodeConfig node, StoresConfig stores) {
        JobsConfig defaults = JobsConfig.defaults();
        int connections =
                Math.min(stores.primaryWriter().size(), stores.analyticsWriter().size());
        return new JobsConfig(
                node.nodeId() + "/" + UUID.randomUUID().toString().substring(0, 8),
                Math.min(JobsConfig.jobsWithin(connections), defaults.jobs()),
                defaults.takeOver(),
                node.projections().retiredFor(),
                node.projections().auditEvery(),
                node.projections().auditWhole(),
                node.projections().auditShare(),
                defaults.keptFor(),
                node.projections().abandonedAfter());
    }
}
