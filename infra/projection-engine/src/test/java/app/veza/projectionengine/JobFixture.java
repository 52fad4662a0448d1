package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.projectionengine.Ledger.Balance;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A database and keys of its own, and engines with jobs upon them. */
final class JobFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final String prefix = "jobs[" + UUID.randomUUID() + "]*:";
    final HikariDataSource database;
    final DSLContext sql;
    final RedisCommands<String, String> redis;
    private final FreshDatabase fresh = EmbeddedPlatform.shared().freshDatabase();
    final RedisClient client =
            RedisClient.create(EmbeddedPlatform.shared().properties().get("veza.redis.url"));

    JobFixture() {
        database = Engines.primary(fresh.properties());
        sql = DSL.using(database, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
        redis = client.connect().sync();
    }

    Map<String, String> properties() {
        return fresh.properties();
    }

    ProjectionEngine start(EventLog log, Projection... projections) {
        return start(log, JobsConfig.defaults().withAuditEvery(Duration.ZERO), projections);
    }

    ProjectionEngine start(EventLog log, ProjectionTargets targets, Projection... projections) {
        return start(
                log, targets, JobsConfig.defaults().withAuditEvery(Duration.ZERO), Engines.config(), null, projections);
    }

    ProjectionEngine start(EventLog log, JobsConfig jobs, Projection... projections) {
        return start(log, jobs, Engines.config(), projections);
    }

    ProjectionEngine start(EventLog log, JobsConfig jobs, ProjectionEngineConfig config, Projection... projections) {
        return start(log, jobs, config, null, projections);
    }

    ProjectionEngine start(
            EventLog log,
            JobsConfig jobs,
            ProjectionEngineConfig config,
            @Nullable ProjectionNode node,
            Projection... projections) {
        return start(log, new ProjectionTargets(database, database, client), jobs, config, node, projections);
    }

    private ProjectionEngine start(
            EventLog log,
            ProjectionTargets targets,
            JobsConfig jobs,
            ProjectionEngineConfig config,
            @Nullable ProjectionNode node,
            Projection... projections) {
        return ProjectionEngine.start(
                log,
                targets,
                List.of(projections),
                config.withRedisKeyPrefix(prefix),
                jobs,
                new SimpleMeterRegistry(),
                node);
    }

    /** As of a node whose projections are all at the head. */
    JobTools tools(EventLog log, JobsConfig jobs, ProjectionEngineConfig config) {
        return tools(log, jobs, config, new ProjectionTargets(database, database, client));
    }

    JobTools tools(EventLog log, JobsConfig jobs, ProjectionEngineConfig config, ProjectionTargets targets) {
        return new JobTools(
                log,
                targets,
                config,
                jobs,
                new JobTable(database, config),
                new StallWatch(),
                name -> {},
                name -> new ProjectionStatus(
                        name,
                        1,
                        1,
                        "primary",
                        log.head(),
                        log.head(),
                        0,
                        ProjectionState.RUNNING,
                        null,
                        null,
                        0,
                        null,
                        null,
                        Instant.EPOCH));
    }

    static ProjectionJob rebuild(Projection projection, int generation) {
        Edition edition = new Edition(projection.name(), projection.version(), generation);
        return Asked.rebuild(edition, JobTools.target(projection), false);
    }

    static void reach(ProjectionEngine engine, EventLog log, String... names) throws InterruptedException {
        for (String name : names) {
            assertThat(engine.awaitPosition(name, log.head(), PATIENCE))
                    .as("%s", engine.positions())
                    .isTrue();
        }
    }

    static ProjectionJob ended(ProjectionEngine engine, ProjectionJob job) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.jobs().job(job.id()))
                        .matches(now -> now.state().ended(), "has ended"));
        return engine.jobs().job(job.id());
    }

    static ProjectionJob done(ProjectionEngine engine, ProjectionJob job) {
        ProjectionJob ended = ended(engine, job);
        assertThat(ended.state()).as("%s", ended).isEqualTo(ProjectionJob.State.DONE);
        return ended;
    }

    static Verdict verdict(ProjectionEngine engine, ProjectionJob job) {
        return Objects.requireNonNull(done(engine, job).verdict());
    }

    static Verdict.Relation relation(Verdict verdict, String name) {
        return verdict.relations().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + verdict));
    }

    /** Somebody who writes until it is over. */
    static Thread writer(ListLog log, AtomicBoolean over) {
        return Thread.ofVirtual().start(() -> {
            SplittableRandom random = new SplittableRandom(2);
            while (!over.get()) {
                log.append(Ledger.history(random.nextInt(1, 5), random.nextLong()));
                LockSupport.parkNanos(2_000_000);
            }
        });
    }

    static List<Balance> fold(ListLog log, long position) {
        return Ledger.sorted(Ledger.fold(log.recorded().subList(0, (int) position)));
    }

    /** What readers see of {@code ledger} and {@code totals} is what the whole log makes of them. */
    void assertFolded(ListLog log) {
        assertThat(new Balances("ledger").rows(database)).isEqualTo(fold(log, log.head()));
        assertThat(totals()).isEqualTo(Totals.fold(log.recorded()));
    }

    Object totals() {
        return new Totals("totals", 1).read(redis, servedTotals());
    }

    RedisKeys servedTotals() {
        return RedisKeys.served(prefix, "totals", redis.get(RedisKeys.active(prefix, "totals")));
    }

    /** Of read models, without the views'. */
    List<String> schemas() {
        return sql.fetch("select nspname from pg_namespace where nspname ~ '^(ledger|other|check|past)' order by 1")
                .getValues(0, String.class);
    }

    /** Editions that have any key. */
    List<String> stems() {
        return redis.keys("*").stream()
                .filter(key -> key.startsWith(prefix)
                        && !key.endsWith("!active")
                        && !key.endsWith("!retired")
                        && !key.endsWith("!begun")
                        && !key.contains("!given_up"))
                .map(key -> key.substring(prefix.length(), key.indexOf('}') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        redis.keys("*").stream().filter(key -> key.startsWith(prefix)).forEach(redis::del);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        database.close();
        fresh.close();
    }
}
