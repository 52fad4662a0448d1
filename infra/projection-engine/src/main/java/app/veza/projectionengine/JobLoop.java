package app.veza.projectionengine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs that nobody runs, and says for each that it is still run. */
final class JobLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(15);
    /** So many times the jobs at work may be here in all: when what they wait for is back they go on together. */
    private static final int MOST_WAITING = 2;

    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private final JobTools tools;
    private final JobChores chores;
    private final List<JobRun> runs = new ArrayList<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private boolean reported;

    JobLoop(Collection<Projection> projections, JobTools tools, AuditWatch audits) {
        projections.forEach(one -> this.projections.put(Nodes.key(one), one));
        this.tools = tools;
        this.chores = new JobChores(projections, tools, audits);
        this.thread = Thread.ofPlatform().name("projection-jobs").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
        chores.start();
    }

    /** There is something to do. */
    void wake() {
        wake.release();
    }

    private void run() {
        while (!closed) {
            try {
                tools.table().create();
                heartbeats();
                claim();
                reported = false;
            } catch (RuntimeException | Error e) {
                // seen again at every tick until the database is back
                if (!reported) {
                    LOG.warn("Jobs on projections cannot be looked for: {}", Failures.describe(e), e);
                    reported = true;
                }
            }
            try {
                if (wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                LOG.debug("The jobs of this node end", e);
                return;
            }
        }
    }

    private void heartbeats() {
        runs.removeIf(run -> !run.isAlive());
        for (JobRun run : runs) {
            switch (tools.table().heartbeat(run.job(), tools.jobs().node())) {
                case GO_ON -> {
                    // as it should be
                }
                case CANCEL -> run.order(JobRun.Order.CANCEL);
                case LOST -> run.order(JobRun.Order.LEAVE);
            }
        }
    }

    private void claim() {
        while (hasRoom()) {
            Optional<ProjectionJob> claimed = tools.table()
                    .claim(
                            tools.jobs().node(),
                            projections.keySet(),
                            tools.jobs().takeOver());
            if (claimed.isEmpty()) {
                return;
            }
            ProjectionJob job = claimed.get();
            LOG.info("{} of projection {} runs here, from position {}", job.kind(), job.projection(), job.position());
            Projection projection = projections.get(Nodes.key(job.projection(), job.version()));
            JobRun run = new JobRun(job, Optional.ofNullable(projection), tools);
            runs.add(run);
            run.start();
        }
    }

    private boolean hasRoom() {
        int jobs = tools.jobs().jobs();
        return atWork() < jobs && runs.size() < MOST_WAITING * jobs;
    }

    /** Those that only wait for a store to come back leave their place to jobs of other stores. */
    private long atWork() {
        return runs.stream().filter(run -> run.job().error() == null).count();
    }

    /** Another node may go on with what runs here. */
    @Override
    public void close() {
        closed = true;
        wake();
        long deadline = System.nanoTime() + CLOSE.toNanos();
        try {
            chores.close();
            thread.join(CLOSE);
            runs.forEach(run -> run.order(JobRun.Order.RELEASE));
            for (JobRun run : runs) {
                run.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
