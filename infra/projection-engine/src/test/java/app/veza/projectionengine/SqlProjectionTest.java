package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import app.veza.projectionengine.Ledger.Noted;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SqlProjectionTest extends SqlLedgerTest {
    private void assertFolded(ListLog log, Balances projection) {
        List<Ledger.Balance> fold = Ledger.sorted(Ledger.fold(log.recorded()));
        assertThat(projection.rows(database)).isEqualTo(fold);
        assertThat(projection.rowsFromDeposits(database)).isEqualTo(fold);
    }

    @Nested
    class Running {
        @Test
        void foldsAHistoryAndFollowsItsHead() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(5_000, 1));
            try (ProjectionEngine engine = start(log, ledger)) {
                reach(engine, log);
                assertFolded(log, ledger);
                for (int i = 0; i < 20; i++) {
                    log.append(Ledger.history(7, i));
                    reach(engine, log);
                }
                assertFolded(log, ledger);
                ProjectionStatus status = engine.positions().get("ledger");
                assertThat(status.state()).isEqualTo(ProjectionState.RUNNING);
                assertThat(status.lag()).isZero();
                assertThat(status.target()).isEqualTo("primary");
                assertThat(sql.fetchValue("select position from projection.current where name = 'ledger'"))
                        .isEqualTo(log.head());
            }
        }

        @Test
        void continuesAfterARestartFromThePositionInTheDatabase() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(2_000, 2));
            try (ProjectionEngine engine = start(log, ledger)) {
                reach(engine, log);
            }
            long restartedAt = log.head();
            log.append(Ledger.history(2_000, 3));
            ConcurrentLinkedQueue<Long> firsts = new ConcurrentLinkedQueue<>();
            Balances watched = new Balances("ledger", 1, Target.PRIMARY, firsts::add);
            try (ProjectionEngine engine = start(log, watched)) {
                reach(engine, log);
            }
            assertFolded(log, ledger);
            assertThat(firsts).isNotEmpty().allMatch(first -> first > restartedAt);
        }

        @Test
        void movesThePositionOverEventsThatItDoesNotHandle() throws InterruptedException {
            ListLog log = new ListLog("a", List.of(new Deposited(1, 1)));
            try (ProjectionEngine engine = start(log, ledger)) {
                reach(engine, log);
                for (int i = 0; i < 5; i++) {
                    log.append(new Noted("unhandled"));
                    assertThat(engine.awaitPosition("ledger", log.head(), Duration.ofMillis(500)))
                            .isTrue();
                }
                assertThat(sql.fetchValue("select position from projection.current"))
                        .isEqualTo(6L);
            }
        }

        @Test
        void commitsSeldomWhileOnlyUnhandledEventsPassBy() throws InterruptedException {
            ListLog log = new ListLog("a", List.of(new Deposited(1, 1)));
            try (ProjectionEngine engine = start(log, ledger)) {
                reach(engine, log);
                String row = "select xmin::text::bigint from projection.position";
                AtomicBoolean done = new AtomicBoolean();
                Thread writer = Thread.ofVirtual().start(() -> {
                    while (!done.get()) {
                        log.append(new Noted("unhandled"));
                        Thread.yield();
                    }
                });
                List<Object> versions = new ArrayList<>();
                long until = System.nanoTime() + Duration.ofMillis(500).toNanos();
                while (System.nanoTime() < until) {
                    versions.add(sql.fetchValue(row));
                }
                done.set(true);
                writer.join();
                // every 50 ms: about ten, and surely not one for each of thousands of events
                assertThat(versions.stream().distinct().count()).isBetween(2L, 14L);
                reach(engine, log);
            }
        }

        @Test
        void readsOnTheReplicaWhatItCommitted() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(500, 5));
            HikariDataSource replica = Engines.dataSource(
                    fresh.properties().get("veza.postgres.replica.url"),
                    fresh.properties().get("veza.postgres.replica.username"),
                    fresh.properties().get("veza.postgres.replica.password"));
            try (replica;
                    ProjectionEngine engine = start(log, ledger)) {
                reach(engine, log);
                await().untilAsserted(() -> assertThat(DSL.using(replica, SQLDialect.POSTGRES)
                                .fetchValue("select position from projection.current"))
                        .isEqualTo(log.head()));
                assertThat(ledger.rows(replica)).isEqualTo(Ledger.sorted(Ledger.fold(log.recorded())));
            }
        }
    }

    @Nested
    class TwoRunners {
        @Test
        void oneThatSleptWithABatchInItsHandsCannotCommitIt() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(3_000, 6));
            PausableLog sleepy = new PausableLog(log);
            sleepy.pauseFrom(400);
            try (ProjectionEngine first = start(sleepy, ledger)) {
                sleepy.awaitPaused();
                try (ProjectionEngine second = start(log, ledger)) {
                    reach(second, log);
                    sleepy.resume();
                    reach(first, log);
                    assertThat(first.positions().get("ledger").state()).isEqualTo(ProjectionState.STANDBY);
                    log.append(Ledger.history(500, 7));
                    reach(second, log);
                    reach(first, log);
                }
                assertFolded(log, ledger);
                // the second is gone: the first takes over
                log.append(Ledger.history(500, 8));
                reach(first, log);
                assertFolded(log, ledger);
            }
        }

        @Test
        void oneThatSleepsInItsTransactionHoldsTheOtherUpOnlyForAWhile() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(3_000, 9));
            CountDownLatch asleep = new CountDownLatch(1);
            CountDownLatch woken = new CountDownLatch(1);
            Balances sleepy = new Balances("ledger", 1, Target.PRIMARY, position -> {
                if (position > 500 && woken.getCount() > 0) {
                    asleep.countDown();
                    awaitQuietly(woken);
                }
            });
            try (ProjectionEngine first = start(log, sleepy)) {
                asleep.await();
                try (ProjectionEngine second = start(log, ledger)) {
                    reach(second, log);
                    woken.countDown();
                    reach(first, log);
                }
                log.append(Ledger.history(300, 10));
                reach(first, log);
            }
            assertFolded(log, ledger);
        }

        @Test
        void manyMayStartAtOnce() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(4_000, 11));
            List<ProjectionEngine> engines = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    engines.add(start(log, new Balances("ledger"), new Balances("other")));
                }
                for (ProjectionEngine engine : engines) {
                    reach(engine, log);
                    assertThat(engine.awaitPosition("other", log.head(), PATIENCE))
                            .isTrue();
                }
            } finally {
                engines.forEach(ProjectionEngine::close);
            }
            assertFolded(log, ledger);
            assertFolded(log, new Balances("other"));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
