package app.veza.server.admin;

import app.veza.projectionengine.ProjectionJob;
import app.veza.projectionengine.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job on a projection.
 *
 * @param into schema, or name within Redis keys, of a replay
 * @param slice keys (of rooms, people, streams) that an audit looks at; null: it looks at the whole read model
 * @param phase what it is doing
 * @param to where it ends; of a rebuild, the head of the log
 * @param etaSeconds how long it still takes at its rate
 * @param error why it failed; of a running one, what holds it up just now
 * @param differences rows that differ; null where nothing was compared
 * @param verdict the same, with each relation and the first rows
 * @param node that runs it
 */
record JobView(
        UUID id,
        ProjectionJob.Kind kind,
        String projection,
        String target,
        int version,
        int generation,
        @Nullable String into,
        @Nullable List<String> slice,
        ProjectionJob.State state,
        @Nullable String phase,
        long position,
        long to,
        double rate,
        @Nullable Long etaSeconds,
        @Nullable String error,
        @Nullable Long differences,
        @Nullable Verdict verdict,
        @Nullable String node,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant dropAt,
        @Nullable Instant droppedAt) {

    static JobView of(ProjectionJob job) {
        Verdict verdict = job.verdict();
        return new JobView(
                job.id(),
                job.kind(),
                job.projection(),
                job.target(),
                job.version(),
                job.generation(),
                job.kind() == ProjectionJob.Kind.REPLAY ? job.scratch() : null,
                job.slice(),
                job.state(),
                job.phase(),
                job.position(),
                job.to(),
                job.rate(),
                job.eta().map(Duration::toSeconds).orElse(null),
                job.error(),
                verdict == null ? null : verdict.differences(),
                verdict,
                job.owner(),
                job.requestedAt(),
                job.startedAt(),
                job.endedAt(),
                job.dropAt(),
                job.droppedAt());
    }
}
