package app.veza.server.health;

import static app.veza.server.health.StoreHealthChecks.named;

import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionState;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every projection with its position, lag and state; one that has stopped makes the part, and the platform, down. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.PROJECTIONS)
class ProjectionHealthChecks {

    @Bean
    HealthCheck projectionsHealth(ProjectionEngine engine) {
        return named("projections", () -> {
            Map<String, Object> projections = new TreeMap<>();
            engine.positions().forEach((name, status) -> projections.put(name, describe(status)));
            engine.positions().values().stream()
                    .filter(status ->
                            status.state() == ProjectionState.FAILED || status.state() == ProjectionState.STALLED)
                    .findFirst()
                    .ifPresent(status -> {
                        throw new IllegalStateException("%s is %s at %d: %s"
                                .formatted(status.name(), status.state(), status.position(), status.lastError()));
                    });
            return projections;
        });
    }

    private static Map<String, Object> describe(ProjectionStatus status) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("version", status.version());
        told.put("target", status.target());
        told.put("state", status.state());
        told.put("position", status.position());
        told.put("lag", status.lag());
        return told;
    }
}
