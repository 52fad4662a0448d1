package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Indexes that only readers need are there before the readers are, and not while nobody reads. */
class IndexesTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> indexed() {
        return fixture.sql
                .fetch("select schemaname from pg_indexes where indexname = 'deposit_by_amount' order by 1")
                .getValues(0, String.class);
    }

    @Test
    void areMadeWhenARebuildIsFilled() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 1));
        PausableLog sleepy = new PausableLog(log);
        try (ProjectionEngine engine = fixture.start(sleepy, ledger)) {
            reach(engine, log, "ledger");
            assertThat(indexed()).as("readers see it from the start").containsExactly("ledger_v1");
            sleepy.pauseFrom(400);
            ProjectionJob job = engine.jobs().rebuild("ledger");
            sleepy.awaitPaused();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fixture.schemas()).containsExactly("ledger_v1", "ledger_v1_r2"));
            assertThat(indexed()).containsExactly("ledger_v1");
            sleepy.resume();
            done(engine, job);
            assertThat(indexed()).contains("ledger_v1_r2");
            assertThat(ledger.rows(fixture.database)).isEqualTo(JobFixture.fold(log, log.head()));
        }
    }

    @Test
    void areMadeForAVersionThatIsFilledAside() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 2));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
        }
        Balances newer = new Balances("ledger", 2, Target.PRIMARY, position -> {});
        try (ProjectionEngine engine = fixture.start(log, newer)) {
            await().atMost(PATIENCE)
                    .until(() -> engine.positions().get("ledger").state() == ProjectionState.RUNNING);
            assertThat(indexed()).contains("ledger_v2");
        }
    }

    /** Neither the database's limit of a statement nor the driver's of an answer is theirs. */
    @Test
    void mayTakeLongerThanAnyOtherStatement() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 5));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
        }
        Map<String, String> impatient = new HashMap<>(fixture.properties());
        impatient.computeIfPresent(
                "veza.postgres.primary.url", (name, url) -> url + (url.contains("?") ? "&" : "?") + "socketTimeout=3");
        Balances slow = new Balances("ledger", 2, Target.PRIMARY, position -> {}, "slow-indexes");
        try (HikariDataSource database = Engines.primary(impatient);
                ProjectionEngine engine =
                        fixture.start(log, new ProjectionTargets(database, database, fixture.client), slow)) {
            await().atMost(PATIENCE)
                    .until(() -> engine.positions().get("ledger").state() == ProjectionState.RUNNING);
            assertThat(indexed()).contains("ledger_v2");
        }
    }

    @Test
    void areMadeForWhatIsReplayedToBeRead() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 3));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            done(engine, engine.jobs().replay("ledger", 1_000, "past", null));
            assertThat(indexed()).containsExactly("ledger_v1", "past_tables");
        }
    }

    /** No event is to blame, so none is parked for it; the edition that readers see stays as it is. */
    @Test
    void thatCannotBeMadeEndTheRebuildWithTheirCause() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 4));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
        }
        Balances broken = new Balances("ledger", 2, Target.PRIMARY, position -> {}, "broken-indexes");
        try (ProjectionEngine engine = fixture.start(log, broken)) {
            await().atMost(PATIENCE)
                    .until(() -> engine.positions().get("ledger").state() == ProjectionState.FAILED);
            assertThat(engine.positions().get("ledger").lastError()).contains("column \"nothing\" does not exist");
            assertThat(engine.positions().get("ledger").deadLetters()).isZero();
        }
        assertThat(ledger.rows(fixture.database)).isEqualTo(JobFixture.fold(log, log.head()));
    }
}
