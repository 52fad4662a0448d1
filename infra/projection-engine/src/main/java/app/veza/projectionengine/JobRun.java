package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job on this node, on a thread of its own. Whoever cancels it, and a node that takes it over, leaves a sign in its row;
 * {@link JobLoop} looks there, and this ends at its next step.
 */
final class JobRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final long RETRY_MILLIS = 1_000;

    /** Why it ends before its time. */
    enum Order {
        CANCEL,
        /** Another node runs it. */
        LEAVE,
        /** This node stops; another may go on. */
        RELEASE
    }

    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final JobTools tools;
    private final Optional<Projection> projection;
    private final Thread thread;
    private final CountDownLatch ordered = new CountDownLatch(1);
    private volatile ProjectionJob job;
    private volatile @Nullable Order order;

    /** @param projection empty for a job that is only to be ended */
    JobRun(ProjectionJob job, Optional<Projection> projection, JobTools tools) {
        this.job = job;
        this.projection = projection;
        this.tools = tools;
        this.thread = Thread.ofPlatform()
                .name("job-" + job.kind().name().toLowerCase(java.util.Locale.ROOT) + "-" + job.projection())
                .daemon()
                .unstarted(this);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    ProjectionJob job() {
        return job;
    }

    void order(Order given) {
        order = given;
        ordered.countDown();
    }

    void report(String phase) {
        job = Jobs.at(job, phase, job.position(), job.to(), 0, null);
    }

    /** Waits until the filling has got so far. */
    void await(Filling filling, long to) {
        try {
            while (!filling.awaitPosition(to, STEP)) {
                look(filling, to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ended();
        }
        look(filling, to);
    }

    /** Waits until the filling is what its readers see. */
    void awaitServed(Filling filling) {
        // not told by its state: the live runners may have found it before anybody looks here, and it stands by then
        while (!filling.isServed()) {
            look(filling, 0);
            step();
        }
        report(filling.phase(), filling.status(), 0, filling.switchHeldUp());
    }

    private void look(Filling filling, long to) {
        look(filling.phase(), filling.status(), to, filling.switchHeldUp());
    }

    /** Of what the live runners fill: ends here when it was told to or they failed, and else tells how far they are. */
    void look(ProjectionStatus live, @Nullable String switchHeldUp) {
        look("filling", live, 0, switchHeldUp);
    }

    private void look(String phase, ProjectionStatus status, long to, @Nullable String switchHeldUp) {
        if (order != null) {
            throw new Ended();
        }
        if (status.state() == ProjectionState.FAILED) {
            throw new JobFailure(String.valueOf(status.lastError()));
        }
        if (status.state() != ProjectionState.STARTING) {
            report(phase, status, to, switchHeldUp);
        }
    }

    private void report(String phase, ProjectionStatus status, long to, @Nullable String switchHeldUp) {
        long end = to == 0 ? status.head() : to;
        String heldUp = status.state() == ProjectionState.STALLED ? status.lastError() : switchHeldUp;
        job = Jobs.at(job, phase, status.position(), end, status.rate(), heldUp);
    }

    /** Ends here when it was told to; lets a little time pass. */
    void step() {
        try {
            if (ordered.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Ended();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ended();
        }
    }

    @Override
    public void run() {
        while (true) {
            try {
                attempt();
                return;
            } catch (Ended e) {
                LOG.debug("Job {} ends before its time", job.id(), e);
                leave();
                return;
            } catch (RuntimeException | Error e) {
                // an Error, too: if it only ended this thread, the job would be taken and meet it again, for ever
                if (!Failures.isTransient(e)) {
                    fail(e);
                    return;
                }
                LOG.info("Job {} on projection {} tries again: {}", job.id(), job.projection(), Failures.describe(e));
                job = Jobs.at(job, job.phase(), job.position(), job.to(), 0, Failures.describe(e));
                if (waitsInVain()) {
                    leave();
                    return;
                }
            }
        }
    }

    private boolean waitsInVain() {
        try {
            return ordered.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void attempt() {
        if (projection.isEmpty()) {
            throw new Ended();
        }
        tools.make(job, projection.get());
        Optional<Verdict> verdict =
                switch (job.kind()) {
                    case REBUILD -> {
                        Fillings.rebuild(this, projection.get(), tools);
                        yield Optional.empty();
                    }
                    case REPLAY -> {
                        Fillings.replay(this, projection.get(), tools);
                        yield Optional.empty();
                    }
                    case VERIFY, PREVIEW, AUDIT -> Optional.of(new Verification(this, projection.get(), tools).run());
                };
        tools.end(Jobs.ended(job, State.DONE, null, verdict.orElse(null)));
    }

    /** Cancelled, taken over, or this node stops. A job that nobody here has code for was cancelled. */
    private void leave() {
        try {
            if (order == Order.CANCEL || projection.isEmpty()) {
                tools.end(Jobs.ended(job, State.CANCELLED, null, null));
            } else if (order != Order.LEAVE) {
                tools.release(job);
            }
        } catch (RuntimeException e) {
            // its heartbeat ends with this thread: somebody takes the job and ends it
            LOG.warn("Job {} on projection {} is left as it is", job.id(), job.projection(), e);
        }
    }

    private void fail(Throwable cause) {
        String why = cause instanceof JobFailure ? cause.getMessage() : Failures.describe(cause);
        LOG.error("{} of projection {} failed: {}", job.kind(), job.projection(), why, cause);
        try {
            tools.end(Jobs.ended(job, State.FAILED, why, null));
        } catch (RuntimeException e) {
            LOG.warn("Job {} on projection {} is left as it is", job.id(), job.projection(), e);
        }
    }
}
