package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.ended;
import static app.veza.projectionengine.JobFixture.fold;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which version of a projection readers see, and who leads them from one to another. */
class VersionSwitchTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
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
                assertThat(fixture.servedTotals().version()).isEqualTo(1);
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
                assertThat(fixture.servedTotals().version()).isEqualTo(2);
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

    /** As when all nodes were given the newer code at once. */
    @Test
    void saysThatNobodyMovesWhatReadersSee() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 14));
        try (ProjectionEngine first = fixture.start(log, ledger, totals)) {
            reach(first, log, "ledger", "totals");
        }
        try (ProjectionEngine second = keptAside(log, "second")) {
            log.append(new Deposited(1, 1));
            reach(second, log, "ledger", "totals");
            for (String name : List.of("ledger", "totals")) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(second.positions().get(name).readers())
                                        .startsWith(
                                                "readers see version 1 at position 1000, 1 events behind, and no node moves it"));
                done(second, second.jobs().rebuild(name));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(second.positions().values()).allMatch(status -> status.readers() == null));
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
                Thread writer = JobFixture.writer(log, over);
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
                assertThat(fixture.servedTotals().version()).isEqualTo(2);
                fixture.assertFolded(log);
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
                fixture.assertFolded(log);
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
                reach(first, log, "ledger");
                assertThat(first.positions().get("ledger").state())
                        .as("nothing is wrong with it")
                        .isEqualTo(ProjectionState.STANDBY);
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
