package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Identity of the log and versions: what stops a projection, and what it is made anew for. */
class SqlDefinitionTest extends SqlLedgerTest {
    private void runToHead(EventLog log, Projection projection) throws InterruptedException {
        try (ProjectionEngine engine = start(log, projection)) {
            // the old position may be past this log's head, so the head alone says nothing
            await().ignoreExceptions()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sql.fetchOne(
                                            "select log_id, position from projection.position where version = ?",
                                            projection.version())
                                    .intoArray())
                            .containsExactly(log.logId(), log.head()));
        }
    }

    private void assertFolded(ListLog log) {
        assertThat(ledger.rows(database)).isEqualTo(Ledger.sorted(Ledger.fold(log.recorded())));
    }

    private static void awaitState(ProjectionEngine engine, String name, ProjectionState state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(engine.positions().get(name).state()).isEqualTo(state));
    }

    @Nested
    class AnotherLog {
        @Test
        void withAnotherIdRebuildsTheReadModel() throws InterruptedException {
            runToHead(new ListLog("a", Ledger.history(1_000, 1)), ledger);
            ListLog other = new ListLog("b", Ledger.history(1_200, 2));
            runToHead(other, ledger);
            assertFolded(other);
            assertThat(other.disowned()).isEmpty();
        }

        @Test
        void inPlaceOfTheOneThatIsReadRebuildsTheReadModelAtOnce() throws InterruptedException {
            PausableLog log = new PausableLog(new ListLog("a", Ledger.history(1_000, 1)));
            ListLog other = new ListLog("b", Ledger.history(1_200, 2));
            try (ProjectionEngine engine = start(log, ledger)) {
                assertThat(engine.awaitPosition("ledger", 1_000, PATIENCE)).isTrue();
                log.become(other);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(sql.fetchOne("select log_id, position from projection.position")
                                        .intoArray())
                                .containsExactly("b", 1_200L));
            }
            assertFolded(other);
        }

        @Test
        void withTheSameIdAndAnotherHistoryRebuildsTheReadModel() throws InterruptedException {
            runToHead(new ListLog("a", Ledger.history(1_000, 1)), ledger);
            ListLog other = new ListLog("a", Ledger.history(1_200, 2));
            runToHead(other, ledger);
            assertFolded(other);
            assertThat(other.disowned()).containsExactly(1_000L);
        }

        @Test
        void thatLostItsTailRebuildsTheReadModel() throws InterruptedException {
            runToHead(new ListLog("a", Ledger.history(1_000, 1)), ledger);
            ListLog shorter = new ListLog("a", Ledger.history(1_000, 1).subList(0, 900));
            runToHead(shorter, ledger);
            assertFolded(shorter);
            assertThat(shorter.disowned()).containsExactly(1_000L);
        }

        @Test
        void thatIsOnlyLateIsWaitedFor() throws InterruptedException {
            List<Object> history = Ledger.history(1_000, 1);
            runToHead(new ListLog("a", history), ledger);
            ListLog late = new ListLog("a", history.subList(0, 900));
            ConcurrentLinkedQueue<Long> firsts = new ConcurrentLinkedQueue<>();
            try (ProjectionEngine engine = start(late, new Balances("ledger", 1, Target.PRIMARY, firsts::add))) {
                awaitState(engine, "ledger", ProjectionState.STALLED);
                assertThat(engine.positions().get("ledger").lastError()).contains("1000", "900");
                late.append(history.subList(900, 1_000));
                awaitState(engine, "ledger", ProjectionState.RUNNING);
                late.append(new Deposited(1, 1));
                assertThat(engine.awaitPosition("ledger", 1_001, PATIENCE)).isTrue();
            }
            assertThat(firsts).containsExactly(1_001L);
            assertFolded(late);
            assertThat(late.disowned()).isEmpty();
        }
    }

    @Nested
    class CutOff {
        private final List<Object> history = Ledger.history(1_000, 1);
        private final ListLog behind = new ListLog("a", history.subList(0, 900));
        private final PausableLog log = new PausableLog(behind);

        /** Others have filled it, and nothing happens: its position rests for longer than any grace time. */
        @Test
        void aNodeTakesNoCheckpointForAnotherHistorys() throws InterruptedException {
            runToHead(new ListLog("a", history), ledger);
            log.cutOff();
            ConcurrentLinkedQueue<Long> firsts = new ConcurrentLinkedQueue<>();
            ListLog whole = new ListLog("a", history);
            try (ProjectionEngine engine = start(log, new Balances("ledger", 1, Target.PRIMARY, firsts::add))) {
                await().atMost(PATIENCE).until(() -> log.asked() > 3);
                assertThat(engine.positions().get("ledger").state()).isEqualTo(ProjectionState.STALLED);
                assertThat(behind.disowned()).isEmpty();
                log.become(whole);
                log.mend();
                awaitState(engine, "ledger", ProjectionState.RUNNING);
                whole.append(new Deposited(1, 1));
                assertThat(engine.awaitPosition("ledger", 1_001, PATIENCE)).isTrue();
            }
            assertThat(firsts).containsExactly(1_001L);
            assertFolded(whole);
        }

        @Test
        void itDoesOnceItHasReadTheLogToItsEnd() throws InterruptedException {
            runToHead(new ListLog("a", history), ledger);
            log.cutOff();
            try (ProjectionEngine engine = start(log, ledger)) {
                await().atMost(PATIENCE).until(() -> log.asked() > 3);
                log.mend();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(sql.fetchValue("select position from projection.position"))
                                .isEqualTo(900L));
                awaitState(engine, "ledger", ProjectionState.RUNNING);
            }
            assertFolded(new ListLog("a", history.subList(0, 900)));
        }
    }

    @Nested
    class Versions {
        @Test
        void aNewOneIsFilledAndThenServedInPlaceOfTheFormer() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(1_000, 3));
            runToHead(log, ledger);
            log.append(Ledger.history(1_000, 4));
            Balances second = new Balances("ledger", 2, Target.PRIMARY, position -> {});
            try (ProjectionEngine engine = start(log, second)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(sql.fetchValue("select version from projection.current"))
                                .isEqualTo(2));
                awaitState(engine, "ledger", ProjectionState.RUNNING);
            }
            assertFolded(log);
            assertThat(sql.fetchValue("select count(*) from view.ledger_balance where note is not null"))
                    .isEqualTo(0L);
        }

        @Test
        void aNewOneIsServedAlsoWhileEventsNeverStop() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(1_000, 3));
            runToHead(log, ledger);
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    log.append(new Deposited(1, 1));
                    LockSupport.parkNanos(100_000);
                }
            });
            try (ProjectionEngine engine = start(log, new Balances("ledger", 2, Target.PRIMARY, position -> {}))) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(sql.fetchValue("select version from projection.current"))
                                .isEqualTo(2));
            } finally {
                done.set(true);
                writer.join();
            }
        }

        @Test
        void whoseTablesChangedDoesNotRun() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(100, 3));
            runToHead(log, ledger);
            sql.execute("update projection.definition set tables_checksum = 'of other tables'");
            try (ProjectionEngine engine = start(log, ledger)) {
                awaitState(engine, "ledger", ProjectionState.FAILED);
                assertThat(engine.positions().get("ledger").lastError()).contains("raise its version");
            }
        }

        @Test
        void whoseSchemaWasDroppedUnderTheRunnerIsFilledAgain() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(1_000, 5));
            try (ProjectionEngine engine = start(log, ledger)) {
                assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
                sql.execute("drop schema ledger_v1 cascade");
                log.append(new Deposited(7, 7));
                assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
                assertFolded(log);
            }
        }
    }
}
