package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.Kind;
import app.veza.projectionengine.ProjectionJob.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs that nobody has taken yet. */
final class Asked {
    private Asked() {}

    /** @param edition of a version that this node need not have code for: one that has runs it */
    static ProjectionJob rebuild(Edition edition, String target, boolean despiteDeadLetters) {
        return job(UUID.randomUUID(), Kind.REBUILD, edition, target, null, 0, despiteDeadLetters, 0, null);
    }

    static ProjectionJob replay(Projection projection, String scratch, long to) {
        return job(
                UUID.randomUUID(),
                Kind.REPLAY,
                aside(projection),
                JobTools.target(projection),
                scratch,
                0,
                false,
                to,
                null);
    }

    private static Edition aside(Projection projection) {
        return new Edition(projection.name(), projection.version(), Edition.SCRATCH);
    }

    /** @param rows most differing ones that are listed */
    static ProjectionJob comparison(Kind kind, Projection projection, int rows) {
        return comparison(kind, projection, rows, null);
    }

    /** @param slice the keys that are compared; null: the whole read model */
    static ProjectionJob audit(Projection projection, int rows, @Nullable List<String> slice) {
        return comparison(Kind.AUDIT, projection, rows, slice);
    }

    private static ProjectionJob comparison(Kind kind, Projection projection, int rows, @Nullable List<String> slice) {
        UUID id = UUID.randomUUID();
        String scratch = "check_" + id.toString().substring(0, 8);
        return job(id, kind, aside(projection), JobTools.target(projection), scratch, rows, false, 0, slice);
    }

    private static ProjectionJob job(
            UUID id,
            Kind kind,
            Edition edition,
            String target,
            @Nullable String scratch,
            int rows,
            boolean despiteDeadLetters,
            long to,
            @Nullable List<String> slice) {
        return new ProjectionJob(
                id,
                kind,
                edition.name(),
                target,
                edition.version(),
                edition.generation(),
                scratch,
                rows,
                despiteDeadLetters,
                slice,
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
