package app.veza.server.erasure;

import app.veza.projectionengine.JobRefusedException;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionJob;
import app.veza.projectionengine.ProjectionJobs;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.server.erasure.ErasedPlaces.Place;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read models in the primary database are filled anew from the log, which tells nothing of who was erased, in files of their own, while
 * the present ones serve; the old files go with their schemas, and so does what another version keeps beside them, which is begun again. Writing tables anew in place would lock them for as long as it takes.
 */
final class ReadModelPurge {

    private static final Logger log = LoggerFactory.getLogger(ReadModelPurge.class);
    private static final String TARGET = "primary";

    /** Whatever version it is of: this node may have code of another one. */
    private static final String BEHIND =
            "select count(*) from projection.current where position < %d and name in ('%s')";

    /** What readers were led away from. What is served was filled meanwhile, and so was what another version fills. */
    private static final String LEFT =
            "select count(*) from projection.definition where not served and retired_at is not null";

    private final ProjectionEngine engine;

    ReadModelPurge(ProjectionEngine engine) {
        this.engine = engine;
    }

    /** @param position up to which what is served, and what is filled in its place, knows of every erasure */
    Place purge(long position, Connection primary, Duration atMost) throws SQLException, InterruptedException {
        ProjectionJobs jobs = engine.jobs();
        String behind = BEHIND.formatted(position, String.join("','", names()));
        if (!Patience.until(atMost, () -> number(primary, behind) == 0)) {
            return unfinished("not every read model is at position " + position);
        }
        // What they fill may hold what was read before an erasure; replays are dropped when they are done
        List<UUID> former = jobs.active().stream().map(ProjectionJob::id).toList();
        if (!Patience.until(
                atMost,
                () -> isThere(primary)
                        && former.stream().allMatch(id -> jobs.job(id).state().ended()))) {
            return unfinished("a job from before has not ended");
        }
        try {
            dropReplays(jobs);
        } catch (JobRefusedException inUse) {
            return unfinished(inUse.getMessage());
        }
        List<ProjectionJob> rebuilds = new ArrayList<>();
        for (String name : names()) {
            try {
                rebuilds.add(jobs.renew(name));
            } catch (JobRefusedException refused) {
                return unfinished(refused.getMessage());
            }
        }
        Patience.until(
                atMost,
                () -> isThere(primary)
                        && rebuilds.stream()
                                .allMatch(job -> jobs.job(job.id()).state().ended()));
        String failed = rebuilds.stream()
                .map(job -> jobs.job(job.id()))
                .filter(job -> job.state() != ProjectionJob.State.DONE)
                .map(job -> "%s is %s".formatted(job.projection(), job.state()))
                .collect(Collectors.joining(", "));
        if (!failed.isEmpty()) {
            return unfinished("rebuild of " + failed);
        }
        if (!Patience.until(atMost, () -> number(primary, LEFT) == 0)) {
            return unfinished("schemas that are served no longer are still there");
        }
        return new Place(
                "files of the read models (PostgreSQL primary)",
                true,
                "filled anew from the log, old schemas dropped: "
                        + rebuilds.stream().map(ProjectionJob::projection).collect(Collectors.joining(", ")));
    }

    private List<String> names() {
        return engine.positions().values().stream()
                .filter(status -> status.target().equals(TARGET))
                .map(ProjectionStatus::name)
                .sorted()
                .toList();
    }

    /** They show what was, with the texts of who has gone since. */
    private static void dropReplays(ProjectionJobs jobs) {
        for (ProjectionJob replay : jobs.replays()) {
            if (replay.target().equals(TARGET)) {
                log.warn("Replay {} is dropped: it was filled before somebody was erased", replay.scratch());
                jobs.drop(String.valueOf(replay.scratch()));
            }
        }
    }

    /** Whoever is silent for long loses what keeps other nodes from purging at once. */
    private static boolean isThere(Connection primary) throws SQLException {
        return number(primary, "select 1") == 1;
    }

    private static long number(Connection primary, String query) throws SQLException {
        try (Statement statement = primary.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Place unfinished(String why) {
        return new Place("files of the read models (PostgreSQL primary)", false, why);
    }
}
