package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.fold;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild whose node is killed by SIGKILL: no word of farewell, no clean-up. */
class KilledRebuildTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void goesOnWhereItWasWhenItsNodeIsKilled(@TempDir Path directory) throws InterruptedException {
        int events = 60_000;
        ListLog log = new ListLog("a", Ledger.history(events, 8));
        long reached;
        JobTable table = new JobTable(fixture.database, Engines.config());
        ProjectionJob job = JobFixture.rebuild(ledger, 2);
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
        ProjectionJob job = JobFixture.rebuild(totals, 2);
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
            assertThat(fixture.totals()).isEqualTo(Totals.fold(log.recorded()));
        }
        assertThat(fixture.servedTotals().generation()).isEqualTo(2);
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
}
