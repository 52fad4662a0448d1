package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.ended;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
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
                jobs.keptFor(),
                jobs.abandonedAfter());
    }

    private JobTools tools(JobsConfig jobs, ProjectionTargets targets) {
        return fixture.tools(log, jobs, Engines.config().withRedisKeyPrefix(fixture.prefix), targets);
    }

    private static AuditWatch audits(JobTools tools) {
        return new AuditWatch(tools, List.of(), new SimpleMeterRegistry(), Instant.EPOCH);
    }

    private void node(String id, String beat, String... code) {
        fixture.sql.execute("""
                insert into projection.node (id, runs, code, started_at, beat_at) values (?, '{}', ?, now(), now() - ?::interval)
                on conflict (id) do update set beat_at = excluded.beat_at
                """, id, code, beat);
    }

    @Test
    void whatIsLeftInOneStoreIsClearedUpWhileAnotherIsAway() throws InterruptedException {
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            done(engine, engine.jobs().replay("ledger", 100, "past", Duration.ofMillis(1)));
            done(engine, engine.jobs().rebuild("ledger"));
        }
        assertThat(fixture.schemas()).contains("ledger_v1", "ledger_v1_r2");
        var tools = tools(oneAtATime(), withoutRedis());
        var chores = new JobChores(List.of(totals, ledger), tools, audits(tools));
        chores.look();
        assertThat(fixture.schemas()).containsExactly("ledger_v1_r2");
    }

    @Test
    void aJobThatWaitsForItsStoreTakesNoOthersPlace() throws InterruptedException {
        ProjectionEngineConfig config = Engines.config().withRedisKeyPrefix(fixture.prefix);
        JobTable table = new JobTable(fixture.database, config);
        table.create();
        ProjectionJob waits = JobFixture.rebuild(totals, 2);
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
        ProjectionJob job = JobFixture.rebuild(ledger, 2);
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

    /** As after an upgrade, or where a projection was removed: nobody else may begin an audit until it has ended. */
    @Test
    void aJobOfAVersionThatNoNodeHasIsEndedAndAuditsGoOn() throws InterruptedException {
        ProjectionJob orphan = Asked.audit(new Balances("ledger", 99, Target.PRIMARY, position -> {}), 20, null);
        var tools = tools(JobsConfig.defaults(), targets());
        AuditWatch audits = audits(tools);
        var chores = new JobChores(List.of(ledger), tools, audits);
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
        }
        tools.table().create();
        tools.table().insert(orphan, null);
        fixture.sql.execute("create schema " + orphan.edition().schema());
        fixture.sql.execute("""
                update projection.job set state = 'RUNNING', owner = 'gone', requested_at = now() - interval '1 hour',
                    heartbeat_at = now() - interval '1 hour'
                """);
        chores.look();
        assertThat(find(orphan).state()).as("this node does not know who lives").isEqualTo(ProjectionJob.State.RUNNING);
        node("here", "0 s", "ledger:1");
        node("other", "10 min", "ledger:99");
        chores.look();
        assertThat(find(orphan).state()).as("its node may come back").isEqualTo(ProjectionJob.State.RUNNING);
        assertThat(tools.table().latestOf(ProjectionJob.Kind.AUDIT)).hasSize(1);
        assertThat(audits.troubles()).singleElement().asString().contains("nothing is audited since");

        node("other", "20 min");
        chores.look();
        assertThat(find(orphan).state()).isEqualTo(ProjectionJob.State.FAILED);
        assertThat(find(orphan).error()).isEqualTo("no node has version 99 of projection ledger");
        assertThat(fixture.schemas()).containsExactly("ledger_v1");
        assertThat(tools.table().latestOf(ProjectionJob.Kind.AUDIT))
                .as("another began")
                .hasSize(2);
        chores.look();
        assertThat(audits.troubles()).as("it was not of the code here").isEmpty();
        fixture.sql.execute("update projection.job set version = 1");
        chores.look();
        assertThat(audits.troubles())
                .containsExactly("the last audit of ledger failed: no node has version 99 of projection ledger");
    }

    private ProjectionJob find(ProjectionJob job) {
        return new JobTable(fixture.database, Engines.config()).find(job.id()).orElseThrow();
    }

    private ProjectionTargets targets() {
        return new ProjectionTargets(fixture.database, fixture.database, fixture.client);
    }

    /** Rolled back before its readers were led to it: an erasure would never reach what it holds. */
    @Test
    void whatAVersionFilledThatNoNodeHasAnyMoreIsDropped() throws InterruptedException {
        try (ProjectionEngine engine = fixture.start(log, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
        }
        Balances second = new Balances("ledger", 2, Target.PRIMARY, position -> {});
        // it never gets as far as what is served
        try (ProjectionEngine engine = fixture.start(new BoundedLog(log, 300, 1), second, new Totals("totals", 2))) {
            assertThat(engine.awaitPosition("ledger", 300, PATIENCE)).isTrue();
            assertThat(engine.awaitPosition("totals", 300, PATIENCE)).isTrue();
        }
        var tools = tools(JobsConfig.defaults(), targets());
        var chores = new JobChores(List.of(ledger, totals), tools, audits(tools));
        tools.table().create();
        node("here", "0 s", "ledger:1", "totals:1");
        node("rolled back", "10 min", "ledger:2", "totals:2");
        chores.look();
        assertThat(fixture.schemas()).containsExactly("ledger_v1", "ledger_v2");
        assertThat(fixture.stems()).containsExactly("{totals:1:0}", "{totals:2:0}");

        node("rolled back", "20 min");
        chores.look();
        assertThat(fixture.schemas()).containsExactly("ledger_v1");
        assertThat(fixture.stems()).containsExactly("{totals:1:0}");
        assertThat(fixture.sql.fetchCount(DSL.table("projection.position"))).isOne();
        assertThat(ledger.rows(fixture.database)).isEqualTo(Ledger.sorted(Ledger.fold(log.recorded())));
    }

    @Test
    void whatCannotBeDroppedNowKeepsNoJobFromItsEnd() throws Exception {
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            try (Connection reader = fixture.database.getConnection();
                    Statement statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                // the switch waits for it
                statement.execute("select count(*) from view.ledger_balance");
                ProjectionJob job = engine.jobs().rebuild("ledger");
                await().atMost(PATIENCE)
                        .until(() -> fixture.sql.fetchCount(
                                        DSL.table("projection.position"), DSL.condition("generation = 2"))
                                == 1);
                statement.execute("select count(*) from ledger_v1_r2.balance");
                engine.jobs().cancel(job.id());
                assertThat(ended(engine, job).state()).isEqualTo(ProjectionJob.State.CANCELLED);
                assertThat(fixture.schemas()).contains("ledger_v1_r2");
                reader.rollback();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fixture.schemas()).containsExactly("ledger_v1"));
        }
    }

    @Test
    void aRebuildThatDoesNotGetOnTellsItsCause() throws InterruptedException {
        PausableLog hanging = new PausableLog(log);
        try (ProjectionEngine engine = fixture.start(hanging, ledger)) {
            reach(engine, log, "ledger");
            hanging.pauseFrom(200);
            ProjectionJob job = engine.jobs().rebuild("ledger");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(engine.jobs().job(job.id()).error()).contains("reads the log behind position"));
            hanging.resume();
            done(engine, job);
        }
    }

    @Test
    void aRebuildWhoseReadersCannotBeLedOverTellsWhoKeepsThem() throws Exception {
        try (ProjectionEngine engine = fixture.start(log, ledger);
                Connection reader = fixture.database.getConnection();
                Statement statement = reader.createStatement()) {
            reach(engine, log, "ledger");
            reader.setAutoCommit(false);
            statement.execute("set application_name = 'somebody'");
            statement.execute("select count(*) from view.ledger_balance");
            ProjectionJob job = engine.jobs().rebuild("ledger");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.jobs().job(job.id()).error())
                            .contains("(somebody), idle in transaction", "reads ledger_balance"));
            reader.rollback();
            assertThat(done(engine, job).error()).isNull();
        }
    }

    @Test
    void ofAnotherVersionIsNotHandedOutForOneThatIsAskedFor() throws InterruptedException {
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            JobTable table = new JobTable(fixture.database, Engines.config());
            table.create();
            table.insert(JobFixture.rebuild(new Balances("ledger", 99, Target.PRIMARY, position -> {}), 1), null);
            assertThatThrownBy(() -> engine.jobs().rebuild("ledger"))
                    .isInstanceOf(JobRefusedException.class)
                    .hasMessageContaining("Version 99 of projection ledger has one under way");
        }
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
