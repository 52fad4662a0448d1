package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.State;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What jobs work with.
 *
 * @param stalls watches what jobs fill, too
 * @param served tells this node's live runner that another edition is served
 * @param positions the live state of a projection on this node
 */
record JobTools(
        EventLog log,
        ProjectionTargets targets,
        ProjectionEngineConfig config,
        JobsConfig jobs,
        JobTable table,
        StallWatch stalls,
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
        table.inTransaction(tx -> {
            if (table.lockMine(tx, ended.id(), jobs.node())) {
                end(tx, ended);
            }
            return true;
        });
    }

    /**
     * Ends a job that nobody can go on with.
     *
     * @param code {@code name:version} of what nodes have
     */
    void endOrphan(ProjectionJob ended, Collection<String> code) {
        table.inTransaction(tx -> {
            if (table.lockOrphan(tx, ended.id(), code, jobs.abandonedAfter())) {
                end(tx, ended);
            }
            return true;
        });
    }

    /** What is there of what a job filled. */
    private enum Rest {
        NOTHING,
        /** Its readers were led to it. */
        SERVED,
        SOMETHING
    }

    private void end(DSLContext tx, ProjectionJob ended) {
        boolean isDone = ended.state() == State.DONE;
        Rest rest =
                switch (ended.kind()) {
                    case REBUILD -> isDone ? Rest.SERVED : rest(ended);
                    case REPLAY -> isDone ? Rest.SOMETHING : rest(ended);
                    case VERIFY, PREVIEW, AUDIT -> rest(ended);
                };
        ProjectionJob told = ended;
        if (rest == Rest.SERVED && !isDone) {
            // it was switched before whoever cancelled it was heard: that it was cancelled would be untrue
            told = Jobs.ended(ended, State.DONE, null, null);
            served.accept(ended.projection());
        }
        table.end(tx, told, rest == Rest.SOMETHING);
        LOG.info("{} of projection {} is {}", told.kind(), told.projection(), told.state());
    }

    /**
     * Drops what it filled, if that was its own: what is kept at the head until somebody asks for it is the live runners'. What cannot be
     * dropped now is left to {@link JobChores}: a job whose end waited for it would be taken and run again and again.
     */
    private Rest rest(ProjectionJob ended) {
        boolean own = ended.generation() != 1;
        Editions editions = editions(ended.target());
        try {
            boolean stays =
                    own ? !editions.drop(ended.projection(), ended.edition()) : editions.isServed(ended.edition());
            return stays ? Rest.SERVED : Rest.NOTHING;
        } catch (RuntimeException e) {
            LOG.warn(
                    "What {} of projection {} has filled is dropped later: {}",
                    ended.kind(),
                    ended.projection(),
                    Failures.describe(e));
            return own ? Rest.SOMETHING : Rest.NOTHING;
        }
    }

    void release(ProjectionJob job) {
        table.release(job.id(), jobs.node());
    }
}
