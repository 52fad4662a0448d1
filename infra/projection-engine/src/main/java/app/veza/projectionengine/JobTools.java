package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.Kind;
import app.veza.projectionengine.ProjectionJob.State;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What jobs work with.
 *
 * @param served tells this node's live runner that another edition is served
 * @param positions the live state of a projection on this node
 */
record JobTools(
        EventLog log,
        ProjectionTargets targets,
        ProjectionEngineConfig config,
        JobsConfig jobs,
        JobTable table,
        Consumer<String> served,
        Function<String, ProjectionStatus> positions) {
    private static final Logger LOG = LoggerFactory.getLogger(JobTools.class);

    static String target(Projection projection) {
        return switch (projection) {
            case SqlProjection sql -> sql.target().name().toLowerCase(java.util.Locale.ROOT);
            case RedisProjection redis -> "redis";
        };
    }

    Editions editions(String target) {
        return switch (target) {
            case "redis" -> new RedisEditions(targets.redis(), config);
            case "primary" -> new SqlEditions(targets.primary(), config);
            case "analytics" -> new SqlEditions(targets.analytics(), config);
            default -> throw new IllegalArgumentException("No target " + target);
        };
    }

    /**
     * Makes what a job fills, while its row is locked: a node that was taken for dead makes nothing any more that the one
     * which ended the job meanwhile has dropped.
     */
    void make(ProjectionJob job, Projection projection) {
        table.inTransaction(tx -> {
            if (table.lockMine(tx, job.id(), jobs.node())) {
                editions(job.target()).create(projection, job.edition(), log.logId());
            }
            return true;
        });
    }

    /** Drops what is not to stay, and then says that the job has ended, unless another node has it. */
    void end(ProjectionJob ended) {
        boolean done = ended.state() == State.DONE;
        boolean kept = done && (ended.kind() == Kind.REBUILD || ended.kind() == Kind.REPLAY);
        table.inTransaction(tx -> {
            if (table.lockMine(tx, ended.id(), jobs.node())) {
                if (!kept) {
                    editions(ended.target()).drop(ended.projection(), ended.edition());
                }
                table.end(tx, ended, kept && ended.kind() == Kind.REPLAY);
                LOG.info("{} of projection {} is {}", ended.kind(), ended.projection(), ended.state());
            }
            return true;
        });
    }

    void release(ProjectionJob job) {
        table.release(job.id(), jobs.node());
    }
}
