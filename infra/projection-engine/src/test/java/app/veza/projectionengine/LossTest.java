package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.ended;
import static app.veza.projectionengine.JobFixture.fold;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers are not led to what could not apply events that they see applied, unless that is wanted. */
class LossTest {
    /** Of no account of {@link Ledger#history}. */
    private static final int ACCOUNT = 1_000;

    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);
    private final ListLog log = new ListLog("a", Ledger.history(300, 21));

    @AfterEach
    void close() {
        fixture.close();
    }

    /** What is served applies what its code, filling anew, cannot: as after a change of a projector, or of a table by hand. */
    private void appliedOnce(ProjectionEngine engine) throws InterruptedException {
        reach(engine, log, "ledger");
        fixture.sql.execute("alter table ledger_v1.deposit drop constraint deposit_amount_check");
        log.append(new Deposited(ACCOUNT, -1), new Deposited(ACCOUNT, 5), new Deposited(1, 1));
        reach(engine, log, "ledger");
        assertThat(engine.positions().get("ledger").deadLetters()).isZero();
    }

    @Test
    void failsARebuildUntilItIsAcceptedToo() throws InterruptedException {
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            appliedOnce(engine);
            ProjectionJob refused = ended(engine, engine.jobs().rebuild("ledger"));
            assertThat(refused.state()).isEqualTo(ProjectionJob.State.FAILED);
            assertThat(refused.error())
                    .startsWith("2 events that are no dead letters in what readers see could not be applied anew")
                    .contains("ledger.Deposited at position 301 (account:1000): SQLSTATE 23514")
                    .contains("'./veza projections rebuild ledger --with-dead-letters'");
            assertThat(fixture.schemas()).as("nothing is left of it").containsExactly("ledger_v1");
            assertThat(ended(engine, engine.jobs().renew("ledger")).state())
                    .as("nor is what was said lost by a purge")
                    .isEqualTo(ProjectionJob.State.FAILED);
            assertThat(ledger.rows(fixture.database)).isEqualTo(fold(log, log.head()));

            done(engine, engine.jobs().rebuild("ledger", true));
            reach(engine, log, "ledger");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(engine.positions().get("ledger").deadLetters())
                                    .isEqualTo(2));
            assertThat(done(engine, engine.jobs().rebuild("ledger")).generation())
                    .as("what readers do not see anyway holds up nothing")
                    .isGreaterThan(2);
        }
    }

    @Test
    void keepsANewerVersionAsideUntilItsLettersAreSettled() throws InterruptedException {
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            appliedOnce(engine);
            try (ProjectionEngine newer =
                    fixture.start(log, new Balances("ledger", 2, Target.PRIMARY, position -> {}))) {
                reach(newer, log, "ledger");
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(newer.positions().get("ledger").lastError())
                                        .startsWith(
                                                "version 2 is filled, but 2 events that are no dead letters in what readers see"));
                assertThat(served()).isEqualTo(1);
                log.append(new Deposited(ACCOUNT, 7));
                reach(newer, log, "ledger");
                assertThat(newer.deadLetters().drop("ledger", "account:1000", true, "a person"))
                        .isEqualTo(3);
                log.append(new Deposited(2, 1));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(served()).isEqualTo(2));
            }
        }
    }

    private Object served() {
        return fixture.sql.fetchValue("select version from projection.current");
    }

    @Test
    void failsARebuildInRedisUntilItIsAcceptedToo() throws InterruptedException {
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            log.append(new Deposited(ACCOUNT, 5));
            reach(engine, log, "totals");
            fixture.redis.del(fixture.servedTotals().key("total:" + ACCOUNT));
            log.append(new Deposited(ACCOUNT, Ledger.POISON), new Deposited(1, 1));
            reach(engine, log, "totals");
            assertThat(engine.positions().get("totals").deadLetters()).isZero();

            ProjectionJob refused = ended(engine, engine.jobs().rebuild("totals"));
            assertThat(refused.error())
                    .startsWith("1 events that are no dead letters in what readers see could not be applied anew")
                    .contains("at position 302 (account:1000)");
            assertThat(fixture.servedTotals().generation()).isEqualTo(1);
            done(engine, engine.jobs().rebuild("totals", true));
            assertThat(fixture.servedTotals().generation()).isGreaterThan(1);
        }
    }

    @Test
    void ofWhatAPersonGaveUpIsNone() throws InterruptedException {
        log.append(new Deposited(ACCOUNT, 5), new Deposited(ACCOUNT, Ledger.POISON), new Deposited(1, 1));
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            assertThat(engine.deadLetters().drop("totals", "account:1000", true, "a person"))
                    .isOne();
            try (ProjectionEngine newer = fixture.start(log, new Totals("totals", 2))) {
                reach(newer, log, "totals");
                await().atMost(PATIENCE).until(() -> fixture.servedTotals().version() == 2);
            }
        }
    }
}
