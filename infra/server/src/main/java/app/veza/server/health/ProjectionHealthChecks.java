package app.veza.server.health;

import static app.veza.server.health.StoreHealthChecks.named;

import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionState;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.projectionengine.Verdict;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
            Map<String, ProjectionStatus> statuses = engine.positions();
            statuses.forEach((name, status) -> projections.put(name, describe(status)));
            Optional<ProjectionStatus> stopped = statuses.values().stream()
                    .filter(status ->
                            status.state() == ProjectionState.FAILED || status.state() == ProjectionState.STALLED)
                    .findFirst();
            if (stopped.isPresent()) {
                ProjectionStatus status = stopped.get();
                throw new DownException(
                        "%s is %s at %d: %s; './veza projections list' tells more"
                                .formatted(status.name(), status.state(), status.position(), status.cause()),
                        projections);
            }
            String leftBehind = statuses.values().stream()
                    .filter(status -> status.readers() != null)
                    .map(status -> status.name() + ": " + status.readers())
                    .collect(Collectors.joining("; "));
            if (!leftBehind.isEmpty()) {
                throw new DegradedException(leftBehind, projections);
            }
            String parked = statuses.values().stream()
                    .filter(status -> status.deadLetters() > 0)
                    .map(status -> status.name() + " " + status.deadLetters())
                    .collect(Collectors.joining(", "));
            if (!parked.isEmpty()) {
                throw new DegradedException(
                        "events could not be applied (%s): see './veza projections dead-letters list'"
                                .formatted(parked),
                        projections);
            }
            return projections;
        });
    }

    /** The last audit of each projection: one that found a difference needs somebody, though everything goes on. */
    @Bean
    HealthCheck projectionAuditHealth(ProjectionEngine engine) {
        return named("projectionAudit", () -> {
            Map<String, Object> audits = new TreeMap<>();
            List<String> wrong = new ArrayList<>();
            engine.jobs().audits().forEach((name, audit) -> {
                Verdict verdict = audit.verdict();
                long differences = verdict == null ? 0 : verdict.differences();
                audits.put(name, Map.of("position", audit.position(), "differences", differences));
                if (verdict != null && !verdict.same()) {
                    wrong.add("%s differs from the log in %d row(s) at position %d"
                            .formatted(name, differences, verdict.position()));
                }
            });
            List<String> troubles = engine.jobs().auditTroubles();
            if (wrong.isEmpty() && !troubles.isEmpty()) {
                throw new DegradedException(
                        String.join("; ", troubles) + ": see './veza projections jobs' and the log", audits);
            }
            if (!wrong.isEmpty()) {
                throw new DegradedException(String.join("; ", wrong)
                        + ": './veza projections verify NAME' shows them, 'rebuild NAME' puts them right");
            }
            return audits;
        });
    }

    private static Map<String, Object> describe(ProjectionStatus status) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("version", status.version());
        told.put("generation", status.generation());
        told.put("target", status.target());
        told.put("state", status.state());
        boolean watches = status.state() == ProjectionState.STANDBY;
        told.put("role", watches ? "standby" : "leader");
        if (watches && status.leader() != null) {
            told.put("leader", status.leader());
        }
        told.put("position", status.position());
        told.put("lag", status.lag());
        if (status.deadLetters() > 0) {
            told.put("deadLetters", status.deadLetters());
        }
        return told;
    }
}
