package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.State;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears up behind ended jobs and begins audits, on a thread of its own: a store that is away holds up neither what is done in another
 * nor the jobs.
 */
final class JobChores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobChores.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final List<Projection> projections;
    private final JobTools tools;
    private final AuditWatch audits;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("projection-chores").daemon().unstarted(this::run);
    private final Set<String> failing = new HashSet<>();
    private final Set<String> away = new HashSet<>();

    JobChores(Collection<Projection> projections, JobTools tools, AuditWatch audits) {
        this.projections = List.copyOf(projections);
        this.tools = tools;
        this.audits = audits;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("The chores of this node end", e);
        }
    }

    void look() {
        away.clear();
        attempt("jobs", "their tables", tools.table()::create);
        if (tools.jobs().abandonedAfter().isPositive()) {
            attempt("jobs", "what nobody has code for", this::endAbandoned);
        }
        for (Projection projection : projections) {
            String target = JobTools.target(projection);
            attempt(
                    target,
                    "what readers of " + projection.name() + " have left",
                    () -> tools.editions(target)
                            .dropRetired(projection.name(), tools.jobs().retiredFor()));
        }
        attempt("jobs", "what ended jobs have left", () -> tools.table().due().forEach(this::drop));
        attempt(
                "jobs",
                "what is known of old jobs",
                () -> tools.table().forget(tools.jobs().keptFor()));
        attempt("jobs", "audits", () -> audits.look(projections));
    }

    private void drop(ProjectionJob due) {
        attempt(due.target(), "what job " + due.id() + " has left", () -> {
            if (tools.editions(due.target()).drop(due.projection(), due.edition())) {
                tools.table().dropped(due.id());
                LOG.info("What {} of projection {} has filled is dropped", due.kind(), due.projection());
            } else {
                tools.table().served(due.id());
            }
        });
    }

    /** Of versions that went with the last node that had them: their jobs, and what they were filling. */
    private void endAbandoned() {
        Set<String> code = tools.table().code(tools.jobs().abandonedAfter());
        if (!projections.stream().map(Nodes::key).allMatch(code::contains)) {
            // who does not see itself there cannot tell who else there is
            return;
        }
        for (ProjectionJob orphan : tools.table().orphans(code, tools.jobs().abandonedAfter())) {
            String why = "no node has version %d of projection %s".formatted(orphan.version(), orphan.projection());
            attempt(
                    "jobs",
                    "job " + orphan.id(),
                    () -> tools.endOrphan(Jobs.ended(orphan, State.FAILED, why, null), code));
        }
        Set<Edition> jobs =
                tools.table().active().stream().map(ProjectionJob::edition).collect(Collectors.toSet());
        for (Projection projection : projections) {
            String target = JobTools.target(projection);
            attempt(
                    target,
                    "what was never served of " + projection.name(),
                    () -> tools.editions(target)
                            .dropUnserved(
                                    projection.name(),
                                    edition -> code.contains(Nodes.key(edition.name(), edition.version()))
                                            || jobs.contains(edition)));
        }
    }

    /** Of a store that is away only the first chore waits for an answer. */
    private void attempt(String store, String what, Runnable chore) {
        if (closed.getCount() == 0 || away.contains(store)) {
            return;
        }
        try {
            chore.run();
            failing.remove(what);
        } catch (RuntimeException | Error e) {
            if (Failures.isTransient(e)) {
                away.add(store);
            }
            // seen again at every look until it is mended
            if (failing.add(what)) {
                LOG.warn("Chores on projections: {} ({}) must wait: {}", what, store, Failures.describe(e), e);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        if (!thread.join(CLOSE)) {
            thread.interrupt();
        }
    }
}
