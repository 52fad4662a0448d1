package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.ended;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs and what is done beside them while a store is away, or the code is broken. */
class JobTroubleTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);
    private final ListLog log = new ListLog("a", Ledger.history(500, 1));
    private final RedisClient away = RedisClient.create("redis://127.0.0.1:1");

    @AfterEach
    void close() {
        away.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        fixture.close();
    }

    private ProjectionTargets withoutRedis() {
        return new ProjectionTargets(fixture.database, fixture.database, away);
    }

    private static JobsConfig oneAtATime() {
        JobsConfig jobs = JobsConfig.defaults();
        return new JobsConfig(
                jobs.node(),
                1,
                jobs.takeOver(),
                Duration.ZERO,
                Duration.ZERO,
                jobs.auditWhole(),
                jobs.auditShare(),
                jobs.keptFor());
    }

    @Test
    void whatIsLeftInOneStoreIsClearedUpWhileAnotherIsAway() throws InterruptedException {
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            done(engine, engine.jobs().replay("ledger", 100, "past", Duration.ofMillis(1)));
            done(engine, engine.jobs().rebuild("ledger"));
        }
        assertThat(fixture.schemas()).contains("ledger_v1", "ledger_v1_r2");
        var tools = new JobTools(
                log,
                withoutRedis(),
                Engines.config(),
                oneAtATime(),
                new JobTable(fixture.database, Engines.config()),
                name -> {},
                name -> {
                    throw new AssertionError("No audits here");
                });
        var chores = new JobChores(
                List.of(totals, ledger), tools, new AuditWatch(tools, List.of(), new SimpleMeterRegistry()));
        chores.look();
        assertThat(fixture.schemas()).containsExactly("ledger_v1_r2");
    }

    @Test
    void aJobThatWaitsForItsStoreTakesNoOthersPlace() throws InterruptedException {
        ProjectionEngineConfig config = Engines.config().withRedisKeyPrefix(fixture.prefix);
        JobTable table = new JobTable(fixture.database, config);
        table.create();
        ProjectionJob waits = Asked.rebuild(totals, 2);
        table.insert(waits, null);
        try (ProjectionEngine engine = ProjectionEngine.start(
                log, withoutRedis(), List.of(totals, ledger), config, oneAtATime(), new SimpleMeterRegistry(), null)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(engine.jobs().job(waits.id()).error()).contains("refused"));
            done(engine, engine.jobs().rebuild("ledger"));
            assertThat(engine.jobs().job(waits.id()).state()).isEqualTo(ProjectionJob.State.RUNNING);
        }
    }

    /** What is made in a store that does not answer is made while the job's row is locked: the others' beats do not wait for it. */
    @Test
    void thatAJobIsStillRunIsSaidWithoutWaitingForItsRow() {
        JobTable table = new JobTable(fixture.database, Engines.config());
        table.create();
        ProjectionJob job = Asked.rebuild(ledger, 2);
        table.insert(job, null);
        table.claim("here", List.of("ledger:1"), Duration.ofSeconds(5));
        boolean looked = table.inTransaction(tx -> {
            assertThat(table.lockMine(tx, job.id(), "here")).isTrue();
            assertThat(table.heartbeat(job, "here")).isEqualTo(JobTable.Answer.GO_ON);
            assertThat(table.heartbeat(job, "elsewhere")).isEqualTo(JobTable.Answer.LOST);
            return true;
        });
        assertThat(looked).isTrue();
        assertThat(table.heartbeat(job, "here")).isEqualTo(JobTable.Answer.GO_ON);
    }

    /** As where a class is missing: not an exception, and not mended by another try. */
    @Test
    void anErrorEndsAJobWithItsCause() throws InterruptedException {
        var broken = new AtomicBoolean();
        try (ProjectionEngine engine = fixture.start(log, new Unlinked(ledger, broken))) {
            reach(engine, log, "ledger");
            broken.set(true);
            ProjectionJob job = ended(engine, engine.jobs().rebuild("ledger"));
            assertThat(job.state()).isEqualTo(ProjectionJob.State.FAILED);
            assertThat(job.error()).isEqualTo("NoClassDefFoundError: app/veza/Gone");
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
        }
    }

    private record Unlinked(Balances sound, AtomicBoolean broken) implements SqlProjection {
        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public int version() {
            return sound.version();
        }

        @Override
        public Set<String> eventTypes() {
            return sound.eventTypes();
        }

        @Override
        public Target target() {
            return sound.target();
        }

        @Override
        public String tables() {
            if (broken.get()) {
                throw new NoClassDefFoundError("app/veza/Gone");
            }
            return sound.tables();
        }

        @Override
        public String views() {
            return sound.views();
        }

        @Override
        public void apply(DSLContext tx, List<Recorded<?>> batch) {
            sound.apply(tx, batch);
        }
    }
}
