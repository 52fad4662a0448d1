package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.Kind;
import app.veza.projectionengine.ProjectionJob.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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

    /** So many times the time between two audits nothing happens, and a little more: then something is wrong. */
    private static final int LATE = 3;

    private static final Duration SLACK = Duration.ofMinutes(1);

    /** Here or on another node; others would differ for a reason that is known. */
    private static final Set<ProjectionState> FOLLOWED = Set.of(ProjectionState.RUNNING, ProjectionState.STANDBY);

    private final JobTools tools;
    private final MeterRegistry registry;
    private final Instant started;
    private final Map<String, ProjectionJob> last = new ConcurrentHashMap<>();
    private volatile List<ProjectionJob> failed = List.of();
    private volatile Instant auditedAt;
    private final List<Meter> meters = new ArrayList<>();

    /** @param started since when this node could have seen an audit */
    AuditWatch(JobTools tools, Collection<Projection> projections, MeterRegistry registry, Instant started) {
        this.started = started;
        this.auditedAt = started;
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

    /** What is wrong with the audits themselves, for a person. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        Duration late = tools.jobs().auditEvery().multipliedBy(LATE).plus(SLACK);
        if (tools.jobs().auditEvery().isPositive() && auditedAt.plus(late).isBefore(Instant.now())) {
            troubles.add("nothing is audited since %s, although that is due every %d s"
                    .formatted(auditedAt, tools.jobs().auditEvery().toSeconds()));
        }
        for (ProjectionJob audit : failed) {
            troubles.add("the last audit of %s failed: %s".formatted(audit.projection(), audit.error()));
        }
        return troubles;
    }

    /** One of other code, as in a rolling upgrade, says nothing about what is here; nor does one that was followed by another. */
    private boolean concerns(ProjectionJob failure, Set<String> code) {
        ProjectionJob done = last.get(failure.projection());
        return code.contains(Nodes.key(failure.projection(), failure.version()))
                && (done == null || done.requestedAt().isBefore(failure.requestedAt()));
    }

    void look(Collection<Projection> projections) {
        auditedAt = tools.table().auditedAt().filter(started::isBefore).orElse(started);
        Map<String, ProjectionJob> verified = new HashMap<>();
        tools.table().newest(Kind.VERIFY, State.DONE).stream()
                .filter(verify -> verify.verdict() != null && verify.verdict().same())
                .forEach(verify -> verified.put(verify.projection(), verify));
        for (ProjectionJob audit : tools.table().newest(Kind.AUDIT, State.DONE)) {
            ProjectionJob since = verified.get(audit.projection());
            if (since != null && endedAt(since).isAfter(endedAt(audit))) {
                // A person mended it, and has looked: the whole of it is as it should be
                last.put(audit.projection(), since);
                continue;
            }
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
        Set<String> code = projections.stream().map(Nodes::key).collect(Collectors.toSet());
        failed = tools.table().newest(Kind.AUDIT, State.FAILED).stream()
                .filter(audit -> concerns(audit, code))
                .toList();
        if (tools.jobs().auditEvery().isPositive()) {
            begin(projections);
        }
    }

    private static Instant endedAt(ProjectionJob ended) {
        return ended.endedAt() == null ? Instant.EPOCH : ended.endedAt();
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
        // What differed is looked at every other time, so that it is soon known when it is mended
        boolean wasNone = asked.isEmpty() || !differed(asked.getFirst().projection());
        Optional<Projection> next = projections.stream()
                .filter(one ->
                        FOLLOWED.contains(tools.positions().apply(one.name()).state()))
                .min(Comparator.comparing((Projection one) -> !(wasNone && differed(one.name())))
                        .thenComparing(one -> asked.stream()
                                .filter(job -> job.projection().equals(one.name()))
                                .map(ProjectionJob::requestedAt)
                                .max(Comparator.naturalOrder())
                                .orElse(Instant.EPOCH)));
        next.ifPresent(projection -> begin(projection, asked.size()));
    }

    private boolean differed(String projection) {
        ProjectionJob before = last.get(projection);
        return before != null && before.verdict() != null && !before.verdict().same();
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
        if (differed(projection.name())) {
            return projection.slicing().isEmpty()
                    ? null
                    : last.get(projection.name()).slice();
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
