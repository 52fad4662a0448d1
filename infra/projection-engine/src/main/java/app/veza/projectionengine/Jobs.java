package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.State;
import org.jspecify.annotations.Nullable;

/** New states of jobs. */
final class Jobs {
    private Jobs() {}

    static ProjectionJob at(
            ProjectionJob job, @Nullable String phase, long position, long to, double rate, @Nullable String error) {
        return change(job, job.state(), phase, position, to, rate, error, job.verdict());
    }

    static ProjectionJob ended(ProjectionJob job, State state, @Nullable String error, @Nullable Verdict verdict) {
        return change(job, state, null, job.position(), job.to(), job.rate(), error, verdict);
    }

    private static ProjectionJob change(
            ProjectionJob job,
            State state,
            @Nullable String phase,
            long position,
            long to,
            double rate,
            @Nullable String error,
            @Nullable Verdict verdict) {
        return new ProjectionJob(
                job.id(),
                job.kind(),
                job.projection(),
                job.target(),
                job.version(),
                job.generation(),
                job.scratch(),
                job.rows(),
                job.despiteDeadLetters(),
                job.slice(),
                state,
                phase,
                position,
                to,
                rate,
                error,
                verdict,
                job.owner(),
                job.requestedAt(),
                job.startedAt(),
                job.endedAt(),
                job.dropAt(),
                job.droppedAt());
    }
}
