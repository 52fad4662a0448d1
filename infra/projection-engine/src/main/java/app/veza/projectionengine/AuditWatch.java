package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.Kind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one projection after the other be verified against the log, slowly, one at a time over all nodes, and shows what came
 * of it on every node. Mostly it is a slice of the read model, picked anew each time.
 */
final class AuditWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWatch.class);

    /** Whoever has it decides alone whether an audit is due. The number is "audi" in ASCII. */
    private static final long LOCK = 0x61756469L;

    private static final int ROWS = 20;

    /** Here or on another node; others would differ for a reason that is known. */
    private static final Set<ProjectionState> FOLLOWED = Set.of(ProjectionState.RUNNING, ProjectionState.STANDBY);

    private final JobTools tools;
    private final MeterRegistry registry;
    private final Instant started = Instant.now();
    private final Map<String, ProjectionJob> last = new ConcurrentHashMap<>();
    private final List<Meter> meters = new ArrayList<>();

    AuditWatch(JobTools tools, Collection<Projection> projections, MeterRegistry registry) {
        this.tools = tools;
        this.registry = registry;
        for (Projection projection : projections) {
            gauge(
                    projection,
                    "differences",
                    "Rows in which the read model and the log differed at the last audit",
                    job -> job.verdict() == null ? 0 : job.verdict().differences());
            gauge(projection, "position", "Up to where the last audit compared", ProjectionJob::position);
            gauge(
                    projection,
                    "age",
                    "Seconds since the last audit",
                    job -> job.endedAt() == null
                            ? Double.NaN
                            : Duration.between(job.endedAt(), Instant.now()).toSeconds());
        }
    }

    private void gauge(Projection projection, String what, String description, ToDoubleFunction<ProjectionJob> value) {
        meters.add(Gauge.builder("veza.projection.audit." + what, last, audits -> {
                    ProjectionJob job = audits.get(projection.name());
                    return job == null ? Double.NaN : value.applyAsDouble(job);
                })
                .description(description)
                .tag("projection", projection.name())
                .register(registry));
    }

    /** The last audit of each projection that was audited. */
    Map<String, ProjectionJob> last() {
        return Map.copyOf(last);
    }

    void look(Collection<Projection> projections) {
        for (ProjectionJob audit : tools.table().audits()) {
            ProjectionJob before = last.put(audit.projection(), audit);
            if ((before == null || !before.id().equals(audit.id()))
                    && audit.verdict() != null
                    && !audit.verdict().same()) {
                LOG.error(
                        "ALARM: projection {} differs from the log in {} row(s) at position {}; the first: {}",
                        audit.projection(),
                        audit.verdict().differences(),
                        audit.verdict().position(),
                        audit.verdict().rows().stream()
                                .findFirst()
                                .map(Object::toString)
                                .orElse("none listed"));
            }
        }
        if (tools.jobs().auditEvery().isPositive()) {
            begin(projections);
        }
    }

    private void begin(Collection<Projection> projections) {
        List<ProjectionJob> asked = tools.table().latestOf(Kind.AUDIT);
        Instant newest = asked.stream()
                .map(ProjectionJob::requestedAt)
                .max(Comparator.naturalOrder())
                .orElse(started);
        if (newest.plus(tools.jobs().auditEvery()).isAfter(Instant.now())
                || asked.stream().anyMatch(AuditWatch::isAtWork)) {
            return;
        }
        Optional<Projection> next = projections.stream()
                .filter(one ->
                        FOLLOWED.contains(tools.positions().apply(one.name()).state()))
                .min(Comparator.comparing(one -> asked.stream()
                        .filter(job -> job.projection().equals(one.name()))
                        .map(ProjectionJob::requestedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH)));
        next.ifPresent(projection -> begin(projection, asked.size()));
    }

    /** One that waits for a store to come back holds up no other's audit. */
    private static boolean isAtWork(ProjectionJob audit) {
        return !audit.state().ended() && audit.error() == null;
    }

    private void begin(Projection projection, int asked) {
        List<String> slice = slice(projection);
        tools.table().inTransaction(tx -> {
            // another node may have found the same
            if (Boolean.TRUE.equals(tx.fetchValue("select pg_try_advisory_xact_lock(?)", LOCK))
                    && tools.table().latestOf(Kind.AUDIT).size() == asked) {
                tools.table().insert(Asked.audit(projection, ROWS, slice), null);
            }
            return true;
        });
    }

    /** What differed is looked at again, until it does not: another slice would say nothing about it. */
    private @Nullable List<String> slice(Projection projection) {
        ProjectionJob before = last.get(projection.name());
        if (before != null && before.verdict() != null && !before.verdict().same()) {
            return projection.slicing().isEmpty() ? null : before.slice();
        }
        if (!tools.table().auditedWhole(projection.name(), tools.jobs().auditWhole())) {
            return null;
        }
        return projection
                .slicing()
                .map(by -> Sampling.keys(tools.log(), projection, by))
                .filter(keys -> !keys.isEmpty())
                .orElse(null);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
