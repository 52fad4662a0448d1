package app.veza.server.admin;

import app.veza.projectionengine.ProjectionState;
import app.veza.projectionengine.ProjectionStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A projection as the node that answers knows it.
 *
 * @param generation 1 when the version was first filled, one more with each rebuild
 * @param rate events a second that its position moves over
 * @param readers what is wrong with what readers see while another version is filled; null: nothing
 * @param jobs under way on it, on any node
 */
record ProjectionView(
        String name,
        String target,
        int version,
        int generation,
        ProjectionState state,
        long position,
        long head,
        long lag,
        double rate,
        @Nullable String lastError,
        @Nullable String readers,
        Instant since,
        List<JobView> jobs) {

    static ProjectionView of(ProjectionStatus status, List<JobView> jobs) {
        return new ProjectionView(
                status.name(),
                status.target(),
                status.version(),
                status.generation(),
                status.state(),
                status.position(),
                status.head(),
                status.lag(),
                status.rate(),
                status.lastError(),
                status.readers(),
                status.since(),
                jobs.stream()
                        .filter(job -> job.projection().equals(status.name()))
                        .toList());
    }
}
