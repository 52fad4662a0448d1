package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.Kind;
import app.veza.projectionengine.ProjectionJob.State;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs that nobody has taken yet. */
final class Asked {
    private Asked() {}

    static ProjectionJob rebuild(Projection projection, int generation) {
        return job(UUID.randomUUID(), Kind.REBUILD, projection, generation, null, 0, 0);
    }

    static ProjectionJob replay(Projection projection, String scratch, long to) {
        return job(UUID.randomUUID(), Kind.REPLAY, projection, Edition.SCRATCH, scratch, 0, to);
    }

    /** @param rows most differing ones that are listed */
    static ProjectionJob comparison(Kind kind, Projection projection, int rows) {
        UUID id = UUID.randomUUID();
        return job(
                id, kind, projection, Edition.SCRATCH, "check_" + id.toString().substring(0, 8), rows, 0);
    }

    private static ProjectionJob job(
            UUID id, Kind kind, Projection projection, int generation, @Nullable String scratch, int rows, long to) {
        return new ProjectionJob(
                id,
                kind,
                projection.name(),
                JobTools.target(projection),
                projection.version(),
                generation,
                scratch,
                rows,
                State.WAITING,
                null,
                0,
                to,
                0,
                null,
                null,
                null,
                Instant.now(),
                null,
                null,
                null,
                null);
    }
}
