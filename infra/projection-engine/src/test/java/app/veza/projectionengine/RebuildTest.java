package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.ended;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Balance;
import app.veza.projectionengine.Ledger.Deposited;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jooq.Record;
import org.jooq.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static List<Balance> fold(ListLog log, long position) {
        return Ledger.sorted(Ledger.fold(log.recorded().subList(0, (int) position)));
    }

    private void assertFolded(ListLog log) {
        assertThat(ledger.rows(fixture.database)).isEqualTo(fold(log, log.head()));
        assertThat(readTotals()).isEqualTo(Totals.fold(log.recorded()));
    }

    private Object readTotals() {
        return totals.read(fixture.redis, served());
    }

    private RedisKeys served() {
        return RedisKeys.served(
                fixture.prefix, "totals", fixture.redis.get(RedisKeys.active(fixture.prefix, "totals")));
    }

    @Test
    void underLoadShowsNobodyAWrongOrAMissingRow() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(20_000, 1));
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
        List<Thread> others = new ArrayList<>();
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            others.add(Thread.ofVirtual().start(() -> append(log, over)));
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

    private static void append(ListLog log, AtomicBoolean over) {
        SplittableRandom random = new SplittableRandom(2);
        while (!over.get()) {
            log.append(Ledger.history(random.nextInt(1, 5), random.nextLong()));
            LockSupport.parkNanos(2_000_000);
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
            Thread writer = Thread.ofVirtual().start(() -> append(log, over));
            done(engine, engine.jobs().rebuild("totals"));
            over.set(true);
            writer.join();
            reach(engine, log, "totals");
            assertThat(served().generation()).isEqualTo(2);
            assertThat(readTotals()).isEqualTo(Totals.fold(log.recorded()));
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
            assertThat(readTotals()).isEqualTo(Totals.fold(log.recorded()));
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
            assertFolded(log);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(fixture.schemas()).containsExactly("ledger_v1_r2");
                assertThat(fixture.stems()).containsExactly("{totals:1r2:0}");
            });
            log.append(Ledger.history(500, 6));
            reach(one, log, "ledger", "totals");
            reach(other, log, "ledger", "totals");
            assertFolded(log);
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
            assertFolded(log);
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
                ProjectionJob job = Asked.rebuild(projection, 2);
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
            assertFolded(log);
        }
    }

    /** SIGKILL: no word of farewell, no clean-up. */
    @Test
    void goesOnWhereItWasWhenItsNodeIsKilled(@TempDir Path directory) throws InterruptedException {
        int events = 60_000;
        ListLog log = new ListLog("a", Ledger.history(events, 8));
        long reached;
        JobTable table = new JobTable(fixture.database, Engines.config());
        ProjectionJob job = Asked.rebuild(ledger, 2);
        try (RunnerProcess process =
                RunnerProcess.start(fixture.properties(), fixture.prefix, events, 8, directory.resolve("log"))) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> position(1) > 0);
            table.create();
            table.insert(job, null);
            await().atMost(PATIENCE).until(() -> position(2) > 200);
            process.kill();
            reached = position(2);
        }
        assertThat(reached).as("killed under way").isBetween(1L, events - 1L);
        // of the two that go on
        long least = Math.min(position(1), reached);
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        Balances observed =
                new Balances("ledger", 1, Target.PRIMARY, position -> first.accumulateAndGet(position, Math::min));
        try (ProjectionEngine engine = fixture.start(log, observed)) {
            assertThat(done(engine, job).generation()).isEqualTo(2);
            reach(engine, log, "ledger");
            assertThat(ledger.rows(fixture.database)).isEqualTo(fold(log, log.head()));
        }
        assertThat(first).as("nothing is applied again").hasValueGreaterThan(least);
        assertThat(fixture.sql.fetchValue("select generation from projection.current"))
                .isEqualTo(2);
    }

    @Test
    void ofARedisProjectionGoesOnWhenItsNodeIsKilled(@TempDir Path directory) throws InterruptedException {
        int events = 60_000;
        ListLog log = new ListLog("a", Ledger.history(events, 8));
        RedisKeys second = new RedisKeys(fixture.prefix, "totals", 1, 2, 0);
        JobTable table = new JobTable(fixture.database, Engines.config());
        ProjectionJob job = Asked.rebuild(totals, 2);
        long reached;
        try (RunnerProcess process =
                RunnerProcess.start(fixture.properties(), fixture.prefix, events, 8, directory.resolve("log"))) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> position(1) > 0);
            table.create();
            table.insert(job, null);
            await().atMost(PATIENCE).until(() -> redisPosition(second) > 200);
            process.kill();
            reached = redisPosition(second);
        }
        assertThat(reached).as("killed under way").isBetween(1L, events - 1L);
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            assertThat(done(engine, job).generation()).isEqualTo(2);
            reach(engine, log, "totals");
            assertThat(readTotals()).isEqualTo(Totals.fold(log.recorded()));
        }
        assertThat(served().generation()).isEqualTo(2);
    }

    private long redisPosition(RedisKeys edition) {
        String position = fixture.redis.hget(edition.position(), "position");
        return position == null ? 0 : Long.parseLong(position);
    }

    private long position(int generation) {
        Object position = fixture.sql.fetchValue(
                "select position from projection.position where name = 'ledger' and generation = ?", generation);
        return position == null ? 0 : (Long) position;
    }

    @Test
    void leadsTheReadersToANewerVersionWhenAskedForWhereThatIsWanted() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 14));
        JobsConfig jobs = JobsConfig.defaults().withAuditEvery(Duration.ZERO);
        Balances newer = new Balances("ledger", 2, Target.PRIMARY, position -> {});
        try (ProjectionEngine first = fixture.start(log, ledger, totals)) {
            reach(first, log, "ledger", "totals");
            try (ProjectionEngine second = fixture.start(
                    log,
                    jobs,
                    Engines.config().withSwitching(ProjectionEngineConfig.Switching.WHEN_ASKED),
                    newer,
                    new Totals("totals", 2))) {
                reach(second, log, "ledger", "totals");
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(second.positions().values())
                                        .extracting(ProjectionStatus::lastError)
                                        .containsExactly(
                                                "version 2 is filled: './veza projections rebuild ledger' leads the readers over",
                                                "version 2 is filled: './veza projections rebuild totals' leads the readers over"));
                assertThat(fixture.sql.fetchValue("select version from projection.current"))
                        .isEqualTo(1);
                assertThat(served().version()).isEqualTo(1);
                assertThat(done(second, second.jobs().preview("ledger", 10)).verdict())
                        .matches(verdict -> !verdict.same(), "tells of the new column");
                for (String name : List.of("ledger", "totals")) {
                    assertThat(done(second, second.jobs().rebuild(name)).generation())
                            .as("what is filled already is not filled again")
                            .isEqualTo(1);
                }
                assertThat(fixture.schemas()).containsExactly("ledger_v1", "ledger_v2");
                assertThat(fixture.sql.fetchValue("select version from projection.current"))
                        .isEqualTo(2);
                assertThat(served().version()).isEqualTo(2);
                log.append(new Deposited(1, 1));
                reach(second, log, "ledger", "totals");
                for (String name : List.of("ledger", "totals")) {
                    ProjectionJob late = ended(second, second.jobs().preview(name, 10));
                    assertThat(late.error())
                            .isEqualTo("Nothing is left to preview: version 2 of projection %s is served already"
                                    .formatted(name));
                }
            }
        }
    }

    private ProjectionEngine keptAside(EventLog log, String node) {
        return fixture.start(
                log,
                JobsConfig.defaults().withAuditEvery(Duration.ZERO),
                Engines.config().withSwitching(ProjectionEngineConfig.Switching.WHEN_ASKED),
                ProjectionNode.of(node),
                new Balances("ledger", 2, Target.PRIMARY, position -> {}),
                new Totals("totals", 2));
    }

    /** The live runners of two nodes fill the newer version: whoever leads the readers over must not need to win against them. */
    @Test
    void leadsTheReadersToANewerVersionThatIsStillFilledWhileOthersWrite() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(3_000, 16));
        PausableLog sleepy = new PausableLog(log);
        sleepy.pauseFrom(400);
        AtomicBoolean over = new AtomicBoolean();
        try (ProjectionEngine first = fixture.start(log, ledger, totals)) {
            reach(first, log, "ledger", "totals");
            try (ProjectionEngine second = keptAside(sleepy, "second");
                    ProjectionEngine third = keptAside(sleepy, "third")) {
                sleepy.awaitPaused();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(fixture.stems()).contains("{totals:2:0}"));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(fixture.schemas()).contains("ledger_v2"));
                Thread writer = Thread.ofVirtual().start(() -> append(log, over));
                List<ProjectionJob> jobs =
                        List.of(second.jobs().rebuild("ledger"), third.jobs().rebuild("totals"));
                for (ProjectionJob job : jobs) {
                    assertThat(job.generation()).isEqualTo(1);
                    await().atMost(PATIENCE)
                            .untilAsserted(
                                    () -> assertThat(second.jobs().job(job.id()).error())
                                            .as("why it takes so long")
                                            .contains("behind position"));
                }
                sleepy.resume();
                for (ProjectionJob job : jobs) {
                    done(second, job);
                }
                over.set(true);
                writer.join();
                reach(second, log, "ledger", "totals");
                reach(third, log, "ledger", "totals");
                assertThat(fixture.sql.fetchValue("select version from projection.current"))
                        .isEqualTo(2);
                assertThat(served().version()).isEqualTo(2);
                assertFolded(log);
            }
        }
    }

    /** As for who is erased: what was kept aside was written before, too, and is begun again; nobody is led to it. */
    @Test
    void ofWhatIsServedLeadsNobodyToAnotherVersionAndLeavesNothingOfBefore() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 17));
        JobsConfig jobs = JobsConfig.defaults().withAuditEvery(Duration.ZERO).withRetiredFor(Duration.ZERO);
        try (ProjectionEngine first = fixture.start(log, jobs, ledger, totals)) {
            reach(first, log, "ledger", "totals");
            try (ProjectionEngine second = keptAside(log, "second")) {
                reach(second, log, "ledger", "totals");
                Object before = aside();
                for (String name : List.of("ledger", "totals")) {
                    ProjectionJob renewed = done(second, second.jobs().renew(name));
                    assertThat(renewed.version()).as("what readers see").isEqualTo(1);
                    assertThat(renewed.generation()).isEqualTo(2);
                }
                // with the next event who filled the newer version finds nothing of it, and begins again
                log.append(new Deposited(1, 1));
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(fixture.schemas()).containsExactly("ledger_v1_r2", "ledger_v2");
                    assertThat(fixture.stems()).containsExactly("{totals:1r2:0}", "{totals:2:0}");
                });
                assertThat(aside()).as("files of its own").isNotEqualTo(before);
                log.append(new Deposited(1, 1));
                reach(first, log, "ledger", "totals");
                assertFolded(log);
                assertThat(done(second, second.jobs().rebuild("ledger")).generation())
                        .as("what is filled again can be asked for")
                        .isEqualTo(1);
                reach(second, log, "ledger");
                assertThat(ledger.rows(fixture.database)).isEqualTo(fold(log, log.head()));
            }
        }
    }

    private Object aside() {
        return fixture.sql.fetchValue("select pg_relation_filepath('ledger_v2.balance')");
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

    @Test
    void takesTheReadersBackToAnOlderVersionWhenAskedFor() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 9));
        try (ProjectionEngine first = fixture.start(log, ledger)) {
            reach(first, log, "ledger");
            try (ProjectionEngine second =
                    fixture.start(log, new Balances("ledger", 2, Target.PRIMARY, position -> {}))) {
                await().atMost(PATIENCE)
                        .until(() -> Integer.valueOf(2)
                                .equals(fixture.sql.fetchValue("select version from projection.current")));
                // a node with the older code watches, and never takes the readers back by itself
                log.append(new Deposited(1, 1));
                await().atMost(PATIENCE)
                        .until(() -> first.positions().get("ledger").state() == ProjectionState.STANDBY);
                reach(second, log, "ledger");
                done(second, first.jobs().rebuild("ledger"));
            }
            assertThat(fixture.sql
                            .fetchOne("select version, generation from projection.current")
                            .intoArray())
                    .containsExactly(1, 2);
            log.append(new Deposited(1, 1));
            reach(first, log, "ledger");
            assertThat(ledger.rows(fixture.database)).isEqualTo(fold(log, log.head()));
        }
    }
}
