package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.ended;
import static app.veza.projectionengine.JobFixture.fold;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Balance;
import app.veza.projectionengine.Ledger.Deposited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Record;
import org.jooq.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rebuild of the version that readers see. */
class RebuildTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
    }

    /** What one query saw, at which position. */
    private record Seen(long position, List<Balance> rows) {}

    @Test
    void underLoadShowsNobodyAWrongOrAMissingRow() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(20_000, 1));
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
        List<Thread> others = new ArrayList<>();
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            others.add(JobFixture.writer(log, over));
            for (int i = 0; i < 3; i++) {
                others.add(Thread.ofPlatform().start(() -> poll(over, seen, broken)));
            }
            done(engine, engine.jobs().rebuild("ledger"));
            done(engine, engine.jobs().rebuild("ledger"));
            over.set(true);
            for (Thread other : others) {
                other.join();
            }
            reach(engine, log, "ledger");
            assertThat(engine.positions().get("ledger").generation()).isEqualTo(3);
        }
        assertThat(broken).isEmpty();
        assertThat(ledger.rows(fixture.database)).isEqualTo(fold(log, log.head()));
        List<Seen> all = List.copyOf(seen);
        int step = Math.max(1, all.size() / 100);
        for (int i = 0; i < all.size(); i += step) {
            assertThat(all.get(i).rows())
                    .as("at position %d", all.get(i).position())
                    .isEqualTo(fold(log, all.get(i).position()));
        }
    }

    /** Position and rows in one statement: they are of one moment. */
    private void poll(AtomicBoolean over, ConcurrentLinkedQueue<Seen> seen, ConcurrentLinkedQueue<Throwable> broken) {
        long last = 0;
        try {
            while (!over.get()) {
                Result<Record> rows = fixture.sql.fetch("""
                        select c.position as seen_at, b.account, b.amount, b.deposits, b.position
                        from projection.current c left join view.ledger_balance b on true
                        where c.name = 'ledger' order by b.account
                        """);
                long position = rows.getFirst().get(0, Long.class);
                assertThat(position).as("positions never go back").isGreaterThanOrEqualTo(last);
                last = position;
                seen.add(new Seen(
                        position,
                        rows.map(row -> new Balance(
                                row.get(1, Integer.class),
                                row.get(2, Long.class),
                                row.get(3, Integer.class),
                                row.get(4, Long.class)))));
            }
        } catch (RuntimeException | AssertionError e) {
            broken.add(e);
        }
    }

    @Test
    void ofARedisProjectionTakesItsReadersOver() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(5_000, 3));
        AtomicBoolean over = new AtomicBoolean();
        try (ProjectionEngine engine = fixture.start(
                log, JobsConfig.defaults().withAuditEvery(Duration.ZERO).withRetiredFor(Duration.ZERO), totals)) {
            reach(engine, log, "totals");
            Thread writer = JobFixture.writer(log, over);
            done(engine, engine.jobs().rebuild("totals"));
            over.set(true);
            writer.join();
            reach(engine, log, "totals");
            assertThat(fixture.servedTotals().generation()).isEqualTo(2);
            assertThat(fixture.totals()).isEqualTo(Totals.fold(log.recorded()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fixture.stems()).containsExactly("{totals:1r2:0}"));
        }
    }

    /** What it filled is run by the live runners from then on: its own may stand by before the job has looked at it once. */
    @Test
    void isDoneWhenReadersAreLedToItWhoeverMovesItThen() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 10));
        ProjectionEngineConfig config = Engines.config().withRedisKeyPrefix(fixture.prefix);
        Editions editions = new RedisEditions(fixture.client, config);
        JobTools tools = fixture.tools(log, JobsConfig.defaults(), config);
        Edition second = new Edition("totals", 1, 2);
        PausableLog sleepy = new PausableLog(log);
        sleepy.pauseFrom(1_000);
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            editions.create(totals, second, log.logId());
            try (Filling filling = Filling.start(
                    totals, editions.store(totals, second), new BoundedLog(sleepy, Long.MAX_VALUE, 1), tools)) {
                await().atMost(PATIENCE).until(filling::isServed);
                log.append(Ledger.history(10, 11));
                sleepy.awaitPaused();
                // further than what it has in its hands
                log.append(Ledger.history(10, 13));
                await().atMost(PATIENCE)
                        .until(() -> engine.positions().get("totals").generation() == 2);
                reach(engine, log, "totals");
                sleepy.resume();
                await().atMost(PATIENCE).until(() -> filling.status().state() == ProjectionState.STANDBY);
                assertThat(filling.isServed()).isTrue();
            }
            assertThat(fixture.totals()).isEqualTo(Totals.fold(log.recorded()));
        }
    }

    @Test
    void isFollowedByTheRunnersOfAllNodesAndLeavesOneSchema() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 4));
        JobsConfig jobs = JobsConfig.defaults().withAuditEvery(Duration.ZERO).withRetiredFor(Duration.ZERO);
        try (ProjectionEngine one = fixture.start(log, jobs, ledger, totals);
                ProjectionEngine other = fixture.start(
                        log,
                        JobsConfig.defaults().withAuditEvery(Duration.ZERO).withRetiredFor(Duration.ZERO),
                        ledger,
                        totals)) {
            reach(one, log, "ledger", "totals");
            ProjectionJob sqlJob = one.jobs().rebuild("ledger");
            ProjectionJob redisJob = other.jobs().rebuild("totals");
            done(other, sqlJob);
            done(one, redisJob);
            log.append(Ledger.history(500, 5));
            reach(one, log, "ledger", "totals");
            reach(other, log, "ledger", "totals");
            fixture.assertFolded(log);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(fixture.schemas()).containsExactly("ledger_v1_r2");
                assertThat(fixture.stems()).containsExactly("{totals:1r2:0}");
            });
            log.append(Ledger.history(500, 6));
            reach(one, log, "ledger", "totals");
            reach(other, log, "ledger", "totals");
            fixture.assertFolded(log);
        }
    }

    @Test
    void isTakenBeforeAnyNodeHasLookedForJobs() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(100, 12));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            fixture.sql.execute("drop table if exists projection.job");
            done(engine, engine.jobs().rebuild("ledger"));
        }
    }

    @Test
    void askedForTwiceIsDoneOnceAndCancelledLeavesNothing() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(3_000, 7));
        PausableLog sleepy = new PausableLog(log);
        try (ProjectionEngine engine = fixture.start(sleepy, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
            sleepy.pauseFrom(400);
            ProjectionJob sqlJob = engine.jobs().rebuild("ledger");
            ProjectionJob redisJob = engine.jobs().rebuild("totals");
            sleepy.awaitPaused();
            assertThat(engine.jobs().rebuild("ledger").id()).isEqualTo(sqlJob.id());
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(fixture.schemas()).containsExactly("ledger_v1", "ledger_v1_r2");
                assertThat(fixture.stems()).contains("{totals:1r2:0}");
            });
            engine.jobs().cancel(sqlJob.id());
            engine.jobs().cancel(redisJob.id());
            sleepy.resume();
            assertThat(ended(engine, sqlJob).state()).isEqualTo(ProjectionJob.State.CANCELLED);
            assertThat(ended(engine, redisJob).state()).isEqualTo(ProjectionJob.State.CANCELLED);
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
            assertThat(fixture.stems()).containsExactly("{totals:1:0}");
            assertThat(fixture.sql.fetchCount(org.jooq.impl.DSL.table("projection.position")))
                    .isEqualTo(1);
            log.append(new Deposited(1, 1));
            reach(engine, log, "ledger", "totals");
            fixture.assertFolded(log);
        }
    }

    /** Nobody hears of the cancelling before readers are led over. */
    @Test
    void cancelledTooLateIsDone() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 15));
        ProjectionEngineConfig config = Engines.config().withRedisKeyPrefix(fixture.prefix);
        JobTools tools = fixture.tools(log, JobsConfig.defaults(), config);
        try (ProjectionEngine engine = fixture.start(log, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
            for (Projection projection : List.of(ledger, totals)) {
                ProjectionJob job = JobFixture.rebuild(projection, 2);
                // taken by a node that is not this engine's
                tools.table().create();
                fixture.sql.execute(
                        """
                        insert into projection.job
                            (id, kind, projection, target, version, generation, row_limit, state, owner, heartbeat_at)
                        values (?, 'REBUILD', ?, ?, 1, 2, 0, 'RUNNING', ?, now() + interval '1 hour')
                        """,
                        job.id(),
                        job.projection(),
                        job.target(),
                        tools.jobs().node());
                tools.make(job, projection);
                ProjectionStore store = tools.editions(job.target()).store(projection, job.edition());
                try (Filling filling =
                        Filling.start(projection, store, new BoundedLog(log, Long.MAX_VALUE, 1), tools)) {
                    await().atMost(PATIENCE).until(filling::isServed);
                }
                tools.end(Jobs.ended(job, ProjectionJob.State.CANCELLED, null, null));
                assertThat(engine.jobs().job(job.id()).state()).isEqualTo(ProjectionJob.State.DONE);
                reach(engine, log, projection.name());
            }
            log.append(new Deposited(1, 1));
            reach(engine, log, "ledger", "totals");
            fixture.assertFolded(log);
        }
    }

    /** Another node may have brought it to the head, and be gone before it has led the readers over; and nothing happens any more. */
    @Test
    void isServedByWhoeverIsLeft() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 18));
        ProjectionEngineConfig config = Engines.config().withRedisKeyPrefix(fixture.prefix);
        JobTools tools = fixture.tools(log, JobsConfig.defaults(), config);
        PausableLog sleepy = new PausableLog(log);
        sleepy.pauseFrom(400);
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            Edition second = new Edition("ledger", 1, 2);
            Editions editions = new SqlEditions(fixture.database, config);
            editions.create(ledger, second, log.logId());
            try (Filling filling = Filling.start(
                            ledger, editions.store(ledger, second), new BoundedLog(sleepy, Long.MAX_VALUE, 1), tools);
                    ProjectionStore other = editions.store(ledger, second)) {
                sleepy.awaitPaused();
                Checkpoint at = other.peek(log.logId());
                LoggedEvent last = log.read(999, 1).getFirst();
                assertThat(other.apply(at, Work.NONE, at.at(last), ProjectionStore.Pace.LIVE)
                                .moved())
                        .isTrue();
                sleepy.resume();
                await().atMost(PATIENCE).until(filling::isServed);
            }
        }
    }
}
