package app.veza.projectionengine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each projection on a thread of its own until closed. */
public final class ProjectionEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionEngine.class);

    /** A batch under way may finish; longer than that it is left to the database to roll back. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** A projection that stalls longer is no more this node's to lead. */
    private static final Duration HICCUP = Duration.ofSeconds(2);

    private record Running(Projection projection, ProjectionRunner runner, Progress progress, Thread thread) {}

    private final Map<String, Running> running;
    private final DeadLetters deadLetters;
    private final RedisConnection redis;
    private final StallWatch watch;
    private final @Nullable Nodes nodes;
    private final JobLoop loop;
    private final AuditWatch audits;
    private final ProjectionJobs jobs;

    private ProjectionEngine(
            Map<String, Running> running,
            DeadLetters deadLetters,
            RedisConnection redis,
            StallWatch watch,
            @Nullable Nodes nodes,
            JobLoop loop,
            AuditWatch audits,
            ProjectionJobs jobs) {
        this.redis = redis;
        this.running = running;
        this.deadLetters = deadLetters;
        this.watch = watch;
        this.nodes = nodes;
        this.loop = loop;
        this.audits = audits;
        this.jobs = jobs;
    }

    /** A single engine, which shares its projections with no other node. */
    public static ProjectionEngine start(
            EventLog source,
            ProjectionTargets targets,
            Collection<? extends Projection> projections,
            ProjectionEngineConfig config,
            MeterRegistry meters) {
        return start(source, targets, projections, config, meters, null);
    }

    /** Jobs by their defaults, without audits. */
    public static ProjectionEngine start(
            EventLog source,
            ProjectionTargets targets,
            Collection<? extends Projection> projections,
            ProjectionEngineConfig config,
            MeterRegistry meters,
            @Nullable ProjectionNode node) {
        JobsConfig jobs = JobsConfig.defaults().withAuditEvery(Duration.ZERO);
        return start(source, targets, projections, config, jobs, meters, node);
    }

    /**
     * Starts at once and never waits for the targets: what is away is retried and shown in {@link #positions()}.
     *
     * @param node this one among those that share the projections
     * @throws IllegalArgumentException for a name that cannot be one, or that two projections have
     */
    public static ProjectionEngine start(
            EventLog source,
            ProjectionTargets targets,
            Collection<? extends Projection> projections,
            ProjectionEngineConfig config,
            JobsConfig jobsConfig,
            MeterRegistry meters,
            @Nullable ProjectionNode node) {
        Map<String, Projection> byName = new LinkedHashMap<>();
        for (Projection projection : projections) {
            Definitions.validate(projection);
            if (byName.putIfAbsent(projection.name(), projection) != null) {
                throw new IllegalArgumentException("Two projections have the name " + projection.name());
            }
        }
        EventLog log = new LogAccess(source);
        Map<String, Running> running = new LinkedHashMap<>();
        Set<String> code = byName.values().stream().map(Nodes::key).collect(Collectors.toSet());
        Nodes nodes = node == null ? null : new Nodes(node, targets.primary(), config, code, () -> inOrder(running));
        Leadership leadership = nodes == null ? Leadership.ALONE : nodes;
        byName.forEach(
                (name, projection) -> running.put(name, run(log, targets, projection, config, meters, leadership)));
        Map<String, DeadLetters.Parked> parked = new LinkedHashMap<>();
        RedisConnection redis = new RedisConnection(targets.redis());
        byName.forEach((name, projection) -> parked.put(
                name, new DeadLetters.Parked(projection, () -> letters(projection, targets, redis, config))));
        StallWatch watch = new StallWatch();
        running.values()
                .forEach(one -> watch.add(new StallWatch.Watched(
                        one.projection(),
                        one.progress(),
                        one.thread(),
                        Duration.ZERO,
                        StallWatch.Blockers.of(one.projection(), targets))));
        if (nodes != null) {
            nodes.start();
        }
        running.values().forEach(one -> one.thread().start());
        watch.start();
        JobTools tools = new JobTools(
                log,
                targets,
                config,
                jobsConfig,
                new JobTable(targets.primary(), config),
                watch,
                name -> running.get(name).runner().reopen(),
                name -> running.get(name).progress().status());
        AuditWatch audits = new AuditWatch(tools, byName.values(), meters, Instant.now());
        JobLoop loop = new JobLoop(byName.values(), tools, audits);
        loop.start();
        return new ProjectionEngine(
                running,
                new DeadLetters(log, parked),
                redis,
                watch,
                nodes,
                loop,
                audits,
                new ProjectionJobs(byName.values(), tools, loop, audits));
    }

    /** Those that this node may lead: one that does not get on here may do so elsewhere. */
    private static Set<String> inOrder(Map<String, Running> running) {
        Set<String> names = new TreeSet<>();
        for (Running one : running.values()) {
            ProjectionStatus status = one.progress().status();
            boolean well =
                    switch (status.state()) {
                        case STARTING, REBUILDING, RUNNING, STANDBY -> true;
                        case STALLED -> status.since().isAfter(Instant.now().minus(HICCUP));
                        case FAILED, STOPPED -> false;
                    };
            if (well) {
                names.add(Nodes.key(one.projection()));
            }
        }
        return names;
    }

    private static Running run(
            EventLog log,
            ProjectionTargets targets,
            Projection projection,
            ProjectionEngineConfig config,
            MeterRegistry meters,
            Leadership leadership) {
        ProjectionStore store =
                switch (projection) {
                    case SqlProjection sql -> new SqlStore(sql, targets.of(sql.target()), config);
                    case RedisProjection redis -> new RedisStore(redis, targets.redis(), config);
                };
        Progress progress = new Progress(projection, store.target(), log, meters, leadership);
        ProjectionRunner runner = new ProjectionRunner(projection, store, log, config, progress, leadership);
        Thread thread = Thread.ofPlatform()
                .name("projection-" + projection.name())
                .daemon()
                .unstarted(runner);
        return new Running(projection, runner, progress, thread);
    }

    /** Of the edition that is live when it is asked for. */
    private static LetterStore letters(
            Projection projection, ProjectionTargets targets, RedisConnection redis, ProjectionEngineConfig config) {
        return switch (projection) {
            case SqlProjection sql -> SqlLetters.live(sql, targets.of(sql.target()), config);
            case RedisProjection keys -> RedisLetters.live(keys, redis, config.redisKeyPrefix());
        };
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** What can be done with the projections, and what is under way. */
    public ProjectionJobs jobs() {
        return jobs;
    }

    /** Status by projection name. */
    public Map<String, ProjectionStatus> positions() {
        Map<String, ProjectionStatus> positions = new LinkedHashMap<>();
        running.forEach((name, one) -> positions.put(name, one.progress().status()));
        return positions;
    }

    /**
     * Waits until {@code name} has committed {@code position}.
     *
     * @return false when the time was up first
     */
    public boolean awaitPosition(String name, long position, Duration atMost) throws InterruptedException {
        Running one = running.get(name);
        if (one == null) {
            throw new IllegalArgumentException("No projection " + name + "; there are " + running.keySet());
        }
        return one.progress().await(position, atMost);
    }

    /**
     * Somebody waits elsewhere, as for the replica, until these have come so far: they commit it without delay. Names of none
     * are passed over.
     */
    public void waitedFor(Set<String> names, long position) {
        for (String name : names) {
            Running one = running.get(name);
            if (one != null) {
                one.progress().waitedFor(position);
            }
        }
    }

    /** Ends every runner after the batch it is at, and hands over to other nodes. */
    @Override
    public void close() {
        loop.close();
        audits.close();
        watch.close();
        running.values().forEach(one -> one.runner().stop());
        List<String> late = new ArrayList<>();
        long deadline = System.nanoTime() + CLOSE.toNanos();
        running.forEach((name, one) -> {
            if (!ended(one.thread(), deadline)) {
                late.add(name);
                one.thread().interrupt();
            }
            one.progress().close();
        });
        if (nodes != null) {
            nodes.close();
        }
        redis.close();
        if (!late.isEmpty()) {
            LOG.warn("Projections {} did not end within {}", late, CLOSE);
        }
    }

    private static boolean ended(Thread thread, long deadline) {
        try {
            return thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
