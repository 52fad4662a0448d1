package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.reach;
import static app.veza.projectionengine.JobFixture.relation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verification that nobody asks for: again and again, of slices. */
class AuditsTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void findADifferenceThatNobodyLooksForAndTellEveryNode() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 4));
        JobsConfig often = JobsConfig.defaults().withAuditEvery(Duration.ofMillis(100));
        try (ProjectionEngine engine = fixture.start(log, often, ledger, totals);
                ProjectionEngine other = fixture.start(log, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(other.jobs().audits().keySet()).containsExactlyInAnyOrder("ledger", "totals"));
            assertThat(other.jobs().audits().values())
                    .allSatisfy(audit -> assertThat(audit.verdict())
                            .matches(verdict -> verdict != null && verdict.same(), "finds nothing"));
            fixture.sql.execute("update ledger_v1.balance set amount = amount + 1");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    other.jobs().audits().get("ledger").verdict())
                            .matches(verdict -> verdict != null && verdict.differences() > 0, "finds it"));
        }
    }

    private void add(int amount, String where) {
        fixture.sql.execute("update ledger_v1.balance set amount = amount + %d where %s".formatted(amount, where));
    }

    private ProjectionJob audit(ProjectionEngine engine, Predicate<ProjectionJob> wanted) {
        return await().atMost(PATIENCE)
                .until(() -> engine.jobs().audits().get("ledger"), audit -> audit != null && wanted.test(audit));
    }

    @Test
    void lookAtSlicesAndAtOneThatDifferedUntilItIsMended() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 4));
        JobsConfig often = JobsConfig.defaults().withAuditEvery(Duration.ofMillis(100));
        try (ProjectionEngine engine = fixture.start(log, often, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
            ProjectionJob sound = audit(engine, audit -> audit.slice() != null);
            assertThat(sound.verdict()).matches(Verdict::same, "finds nothing");
            assertThat(relation(sound.verdict(), "balance").rows()).isBetween(1L, 16L);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.jobs().audits().get("totals"))
                            .matches(audit -> audit.slice() != null, "a slice of Redis")
                            .matches(audit -> audit.verdict().same(), "finds nothing"));

            add(1, "true");
            ProjectionJob found = audit(engine, audit -> !audit.verdict().same());
            String picked = "account in (" + String.join(", ", found.slice()) + ")";
            assertThat(found.verdict().differences())
                    .isEqualTo(relation(found.verdict(), "balance").rows());
            add(-1, "not " + picked);
            ProjectionJob again = audit(engine, audit -> !audit.id().equals(found.id()));
            assertThat(again.slice()).containsExactlyElementsOf(found.slice());
            assertThat(again.verdict()).matches(verdict -> !verdict.same(), "still finds it");

            add(-1, picked);
            audit(engine, audit -> audit.verdict().same());
        }
    }

    /** An alarm that stays for hours after somebody has mended it is believed by nobody. */
    @Test
    void areOverruledByAPersonWhoVerifiedThatItIsMended() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 4));
        JobsConfig often = JobsConfig.defaults().withAuditEvery(Duration.ofMillis(100));
        try (ProjectionEngine engine = fixture.start(log, often, ledger)) {
            reach(engine, log, "ledger");
            add(1, "true");
            audit(engine, audit -> !audit.verdict().same());
        }
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            audit(engine, audit -> !audit.verdict().same());
            add(-1, "true");
            JobFixture.done(engine, engine.jobs().verify("ledger", 10));
            audit(engine, audit -> audit.verdict().same());
        }
    }
}
