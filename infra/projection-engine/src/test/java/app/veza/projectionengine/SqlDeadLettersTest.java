package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import app.veza.projectionengine.Ledger.Odd;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** An event that cannot be applied parks the events of its sequence key, in order, and nothing else. */
class SqlDeadLettersTest extends SqlLedgerTest {
    /** Of no account of {@link Ledger#history}. */
    private static final int ACCOUNT = 1_000;

    private static final String KEY = "account:1000";
    private static final int MANY = 100_000;

    private static List<DeadLetter> letters(ProjectionEngine engine) {
        return engine.deadLetters().page("ledger", null, 0, Long.MAX_VALUE, 100);
    }

    /** The read model holds exactly the events at all positions but these. */
    private void assertFoldedWithout(ListLog log, long... positions) {
        Set<Long> without = LongStream.of(positions).boxed().collect(Collectors.toSet());
        List<Recorded<Object>> applied = log.recorded().stream()
                .filter(recorded -> !without.contains(recorded.position()))
                .toList();
        assertThat(ledger.rows(database)).isEqualTo(Ledger.sorted(Ledger.fold(applied)));
        assertThat(ledger.rowsFromDeposits(database)).isEqualTo(Ledger.sorted(Ledger.fold(applied)));
    }

    private void repairTheTable() {
        sql.execute("alter table ledger_v1.deposit drop constraint deposit_amount_check");
    }

    /** 1,000 events, a good deposit, the poison at 1,002, two more of its account, 500 events. */
    private static ListLog poisoned() {
        ListLog log = new ListLog("a", Ledger.history(1_000, 1));
        log.append(new Deposited(ACCOUNT, 5), new Deposited(ACCOUNT, -1), new Deposited(ACCOUNT, 7));
        log.append(Ledger.history(499, 2));
        log.append(new Deposited(ACCOUNT, 9));
        return log;
    }

    @Test
    void parkOneKeyInOrderWhileEverythingElseGoesOn() throws InterruptedException {
        ListLog log = poisoned();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (ProjectionEngine engine = ProjectionEngine.start(
                log, targets(), List.of(ledger, new Balances("other")), Engines.config(), meters)) {
            reach(engine, log);
            assertThat(engine.awaitPosition("other", log.head(), PATIENCE)).isTrue();
            assertFoldedWithout(log, 1_002, 1_003, 1_503);
            assertThat(letters(engine)).extracting(DeadLetter::position).containsExactly(1_002L, 1_003L, 1_503L);
            assertThat(letters(engine)).extracting(DeadLetter::sequenceKey).containsOnly(KEY);
            assertThat(letters(engine)).extracting(DeadLetter::attempts).containsExactly(1, 0, 0);
            assertThat(letters(engine).getFirst().error())
                    .startsWith("SQLSTATE 23514")
                    .contains("deposit_amount_check")
                    .as("no values of the event")
                    .doesNotContain("-1");
            assertThat(letters(engine).get(1).error()).isNull();
            ProjectionStatus status = engine.positions().get("ledger");
            assertThat(status.state()).isEqualTo(ProjectionState.RUNNING);
            assertThat(status.deadLetters()).isEqualTo(3);
            assertThat(meters.get("veza.projection.dead.letters")
                            .tag("projection", "ledger")
                            .gauge()
                            .value())
                    .isEqualTo(3);
        }
    }

    @Test
    void stayParkedOverARestart() throws InterruptedException {
        ListLog log = poisoned();
        try (ProjectionEngine engine = start(log, ledger)) {
            reach(engine, log);
        }
        try (ProjectionEngine engine = start(log, ledger)) {
            log.append(new Deposited(ACCOUNT, 11), new Deposited(1, 1));
            reach(engine, log);
            assertFoldedWithout(log, 1_002, 1_003, 1_503, 1_504);
            assertThat(engine.positions().get("ledger").deadLetters()).isEqualTo(4);
        }
    }

    @Test
    void holdAlsoWhatCannotBeDecoded() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(100, 1));
        log.append(new Odd(ACCOUNT), new Deposited(ACCOUNT, 1), new Deposited(3, 1));
        try (ProjectionEngine engine = start(log, ledger)) {
            reach(engine, log);
            assertThat(letters(engine)).extracting(DeadLetter::position).containsExactly(101L, 102L);
            assertThat(letters(engine).getFirst().error()).contains("position 101", "no type known here");
            assertFoldedWithout(log, 101, 102);
        }
    }

    @Test
    void stopAgainAtTheFirstThatStillFails() throws InterruptedException {
        ListLog log = poisoned();
        log.append(new Deposited(ACCOUNT + 1, -3), new Deposited(ACCOUNT + 1, 4));
        try (ProjectionEngine engine = start(log, ledger)) {
            reach(engine, log);
            DeadLetters.Retried retried = engine.deadLetters().retry("ledger", null, -1);
            assertThat(retried.applied()).isZero();
            assertThat(retried.complete()).isTrue();
            assertThat(retried.failed()).extracting(DeadLetter::position).containsExactly(1_002L, 1_504L);
            assertThat(letters(engine)).extracting(DeadLetter::attempts).containsExactly(2, 0, 0, 2, 0);
            assertFoldedWithout(log, 1_002, 1_003, 1_503, 1_504, 1_505);
        }
    }

    @Test
    void areAppliedInOrderOnceTheirCauseIsGone() throws InterruptedException {
        ListLog log = poisoned();
        try (ProjectionEngine engine = start(log, ledger)) {
            reach(engine, log);
            repairTheTable();
            DeadLetters.Retried retried = engine.deadLetters().retry("ledger", KEY, -1);
            assertThat(retried).isEqualTo(new DeadLetters.Retried(3, List.of(), true, null));
            assertThat(letters(engine)).isEmpty();
            assertFoldedWithout(log);
            log.append(new Deposited(ACCOUNT, 13));
            reach(engine, log);
            assertFoldedWithout(log);
            assertThat(engine.positions().get("ledger").deadLetters()).isZero();
        }
    }

    /** However many fail again before them, and however short the time for one request is, all are reached. */
    @Test
    void areAllTriedInSeveralRequests() throws InterruptedException {
        int accounts = 300;
        ListLog log = new ListLog("a");
        for (int round = 0; round < 2; round++) {
            for (int account = 0; account < accounts; account++) {
                log.append(new Deposited(account, account % 2 == 0 ? -1 : -2), new Deposited(account, 10));
            }
        }
        try (ProjectionEngine engine = start(log, ledger)) {
            reach(engine, log);
            assertThat(engine.deadLetters().count("ledger")).isEqualTo(4 * accounts);
            sql.execute("alter table ledger_v1.deposit drop constraint deposit_amount_check");
            sql.execute("alter table ledger_v1.deposit add check (amount <> -1)");
            var store = SqlLetters.live(ledger, database, Engines.config());
            List<DeadLetter> failed = new ArrayList<>();
            long applied = 0;
            int requests = 0;
            Long after = -1L;
            while (after != null) {
                DeadLetters.Retried retried = new LetterRetry(ledger, store, log, Duration.ZERO).run(null, after);
                applied += retried.applied();
                failed.addAll(retried.failed());
                assertThat(retried.nextAfter()).isNotEqualTo(after);
                after = retried.nextAfter();
                requests++;
            }
            assertThat(requests).isGreaterThan(10);
            assertThat(applied).isEqualTo(2L * accounts);
            assertThat(failed).hasSize(accounts / 2).allMatch(letter -> letter.position() % 4 == 1);
            assertThat(engine.deadLetters().count("ledger")).isEqualTo(2 * accounts);
        }
    }

    @Test
    void canBeGivenUpOneByOneOrAllOfAKey() throws InterruptedException {
        ListLog log = poisoned();
        log.append(new Deposited(ACCOUNT + 1, -3));
        try (ProjectionEngine engine = start(log, ledger)) {
            reach(engine, log);
            assertThat(engine.deadLetters().drop("ledger", KEY, false, "a test"))
                    .isOne();
            assertThat(engine.deadLetters().retry("ledger", KEY, -1).applied()).isEqualTo(2);
            assertFoldedWithout(log, 1_002, 1_504);
            assertThat(engine.deadLetters().drop("ledger", "account:1001", true, "a test"))
                    .isOne();
            assertThat(engine.deadLetters().count("ledger")).isZero();
            assertThatThrownBy(() -> engine.deadLetters().count("nobody"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("ledger");
        }
    }

    /** Folded aside or anew, the same events are left out and the same applied: a difference would be a false alarm. */
    @Test
    void givenUpStayGivenUpWhateverIsFilled() throws InterruptedException {
        ListLog log = poisoned();
        log.append(new Deposited(ACCOUNT + 1, -3), new Deposited(ACCOUNT + 1, 4), new Odd(ACCOUNT + 2));
        long[] without = {1_002, 1_504, 1_505, 1_506};
        try (ProjectionEngine engine = start(log, ledger)) {
            reach(engine, log);
            engine.deadLetters().drop("ledger", KEY, false, "a test");
            assertThat(engine.deadLetters().retry("ledger", KEY, -1).applied()).isEqualTo(2);
            engine.deadLetters().drop("ledger", "account:1001", true, "a test");
            engine.deadLetters().drop("ledger", "account:1002", true, "a test");
            assertFoldedWithout(log, without);
            ProjectionJob verify = done(engine, engine.jobs().verify("ledger", 10));
            assertThat(verify.verdict()).matches(Verdict::same, "finds nothing");
            done(engine, engine.jobs().rebuild("ledger"));
            log.append(new Deposited(ACCOUNT + 1, 5));
            reach(engine, log);
            assertThat(ledger.rows(database))
                    .isEqualTo(Ledger.sorted(Ledger.fold(log.recorded().stream()
                            .filter(recorded ->
                                    LongStream.of(without).noneMatch(position -> position == recorded.position()))
                            .toList())));
            assertThat(letters(engine)).isEmpty();
        }
        // other code may know what to do with them
        try (ProjectionEngine engine = start(log, new Balances("ledger", 2, Target.PRIMARY, position -> {}))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(letters(engine))
                            .extracting(DeadLetter::position)
                            .contains(1_506L));
        }
    }

    /** Retried while more of the same key come, and while another engine is at work. */
    @Test
    void areNeverOvertakenByTheRunner() throws InterruptedException {
        ListLog log = poisoned();
        try (ProjectionEngine engine = start(log, ledger);
                ProjectionEngine other = start(log, ledger)) {
            reach(engine, log);
            repairTheTable();
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    log.append(new Deposited(ACCOUNT, 1), new Deposited(2, 1));
                    LockSupport.parkNanos(200_000);
                }
            });
            for (int i = 0; i < 20; i++) {
                (i % 2 == 0 ? engine : other).deadLetters().retry("ledger", KEY, -1);
            }
            done.set(true);
            writer.join();
            reach(engine, log);
            engine.deadLetters().retry("ledger", KEY, -1);
            assertFoldedWithout(log);
            assertThat(sql.fetchValue("select dead_letters from projection.position"))
                    .isEqualTo(0L);
        }
    }

    /** A poison, so many behind it of its account, 500 others. */
    private static ListLog manyParked() {
        ListLog log = new ListLog("a", List.of(new Deposited(ACCOUNT, -1)));
        log.append(Collections.nCopies(MANY, new Deposited(ACCOUNT, 1)));
        log.append(Ledger.history(500, 3));
        return log;
    }

    @Test
    void doNoHarmByTheirNumber() throws InterruptedException {
        ListLog log = manyParked();
        Duration patience = Duration.ofSeconds(120);
        try (ProjectionEngine engine = Engines.start(log, targets(), ProjectionEngineConfig.defaults(), ledger)) {
            assertThat(engine.awaitPosition("ledger", log.head(), patience)).isTrue();
            assertThat(engine.positions().get("ledger").deadLetters()).isEqualTo(MANY + 1);
            assertThat(engine.deadLetters().page("ledger", KEY, MANY - 10, Long.MAX_VALUE, 5))
                    .extracting(DeadLetter::position)
                    .containsExactly(99_991L, 99_992L, 99_993L, 99_994L, 99_995L);
            for (int i = 0; i < 100; i++) {
                log.append(new Deposited(1, 1));
                assertThat(engine.awaitPosition("ledger", log.head(), patience)).isTrue();
            }
            repairTheTable();
            await().atMost(patience)
                    .until(() -> engine.deadLetters().retry("ledger", null, -1).complete());
            assertFoldedWithout(log);
        }
    }

    @Test
    void areGivenUpHoweverManyTheyAre() throws InterruptedException {
        ListLog log = manyParked();
        try (ProjectionEngine engine = Engines.start(log, targets(), ProjectionEngineConfig.defaults(), ledger)) {
            assertThat(engine.awaitPosition("ledger", log.head(), Duration.ofSeconds(120)))
                    .isTrue();
            assertThat(engine.deadLetters().drop("ledger", KEY, true, "a test")).isEqualTo(MANY + 1);
            log.append(new Deposited(ACCOUNT, 7));
            reach(engine, log);
            assertThat(engine.positions().get("ledger").deadLetters()).isZero();
            assertFoldedWithout(log, LongStream.rangeClosed(1, MANY + 1).toArray());
        }
    }
}
