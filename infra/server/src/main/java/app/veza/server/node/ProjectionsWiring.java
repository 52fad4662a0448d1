package app.veza.server.node;

import app.veza.projection.Projections;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionNode;
import app.veza.projectionengine.ProjectionTargets;
import app.veza.stores.PostgresPool;
import app.veza.stores.Redis;
import io.micrometer.core.instrument.MeterRegistry;
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
            NodeConfig node,
            MeterRegistry meters) {
        return ProjectionEngine.start(
                log,
                new ProjectionTargets(primary.dataSource(), analytics.dataSource(), redis.client()),
                Projections.all(),
                ProjectionEngineConfig.defaults()
                        .withRedisKeyPrefix(node.redis().keyPrefix()),
                meters,
                ProjectionNode.of(node.nodeId()));
    }
}
