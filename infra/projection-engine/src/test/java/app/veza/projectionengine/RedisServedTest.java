package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import app.veza.projectionengine.ProjectionEngineConfig.Switching;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever switches or clears up may sleep between two steps, and what was true before is not any more. */
class RedisServedTest {
    private final JobFixture fixture = new JobFixture();
    private final Totals totals = new Totals("totals", 1);
    private final ProjectionEngineConfig config = Engines.config().withRedisKeyPrefix(fixture.prefix);
    private final Editions editions = new RedisEditions(fixture.client, config);
    private final RedisConnection redis = new RedisConnection(fixture.client);
    private final String active = RedisKeys.active(fixture.prefix, "totals");
    private final String retired = RedisKeys.retired(fixture.prefix, "totals");

    @AfterEach
    void close() {
        redis.close();
        fixture.close();
    }

    private String position(int version, int generation) {
        return new RedisKeys(fixture.prefix, "totals", version, generation, 0).position();
    }

    private boolean serve(String edition, String former, String till) {
        return redis.run(RedisScripts.SERVE, List.of(active, retired), List.of(edition, former, till)) != 0;
    }

    @Test
    void whoSleptLongerThanItHeldTheFormerEditionLeadsNobody() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 1));
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            String till = Long.toString(redis.run(RedisScripts.HOLD, List.of(position(1, 1)), List.of("1")));
            await().atMost(PATIENCE)
                    .until(() -> Long.parseLong(fixture.redis.time().getFirst()) >= Long.parseLong(till));
            assertThat(serve("1r9", "1", till)).isFalse();
            assertThat(fixture.redis.get(active)).isEqualTo("1");
        }
    }

    @Test
    void oneAtATimeHoldsAnEditionAndLetsGoOnlyOfItsOwn() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 2));
        Edition second = new Edition("totals", 1, 2);
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            editions.create(totals, second, log.logId());
            List<String> former = List.of(position(1, 1));
            long till = redis.run(RedisScripts.HOLD, former, List.of("60"));
            assertThat(redis.run(RedisScripts.HOLD, former, List.of("1"))).isZero();
            redis.run(RedisScripts.RELEASE, former, List.of(Long.toString(till - 1)));
            RedisServed served = new RedisServed(totals, redis, fixture.prefix, true);
            fixture.redis.hset(position(1, 2), "position", Long.toString(log.head()));
            assertThat(served.serve(second)).as("while another one compares").isFalse();
            redis.run(RedisScripts.RELEASE, former, List.of(Long.toString(till)));
            assertThat(served.serve(second)).isTrue();
        }
    }

    @Test
    void nobodyIsLedToAnEditionThatIsGoneOrWasRetired() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 3));
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            RedisServed served = new RedisServed(totals, redis, fixture.prefix, true);
            assertThat(served.serve(new Edition("totals", 1, 2))).isFalse();
            done(engine, engine.jobs().rebuild("totals"));
            reach(engine, log, "totals");
            assertThat(served.serve(new Edition("totals", 1, 1))).isFalse();
            assertThat(fixture.redis.get(active)).isEqualTo("1r2");
        }
    }

    /** Redis lost its newest data, the pointer too: nothing else tells of what a rebuild had filled. */
    @Test
    void whatWasRebuiltIsFoundByWhoClearsUpThoughNothingPointsToIt() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 5));
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            done(engine, engine.jobs().rebuild("totals"));
            reach(engine, log, "totals");
        }
        fixture.redis.set(active, "1");
        fixture.redis.del(retired);
        assertThat(fixture.stems()).contains("{totals:1r2:0}");
        editions.dropUnserved("totals", edition -> false);
        assertThat(fixture.stems()).doesNotContain("{totals:1r2:0}");
    }

    /** After a rollback, by nodes that have the newer code still. */
    @Test
    void whatIsFilledAgainIsRetiredNoMore() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 4));
        JobsConfig jobs = JobsConfig.defaults().withAuditEvery(Duration.ZERO);
        try (ProjectionEngine first = fixture.start(log, totals)) {
            reach(first, log, "totals");
            try (ProjectionEngine second = fixture.start(
                    log, jobs, Engines.config().withSwitching(Switching.WHEN_ASKED), new Totals("totals", 2))) {
                reach(second, log, "totals");
                done(second, second.jobs().rebuild("totals"));
                reach(second, log, "totals");
                done(second, first.jobs().rebuild("totals"));
                assertThat(fixture.redis.get(active)).isEqualTo("1r2");
                assertThat(fixture.redis.hgetall(retired)).containsKey("2");
                // the newer code finds with the next event that it was retired
                log.append(new Deposited(1, 1));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(fixture.redis.hgetall(position(2, 1)))
                                .containsEntry("position", Long.toString(log.head()))
                                .doesNotContainKey("retired"));
                Map<String, String> filled = fixture.redis.hgetall(position(2, 1));

                editions.dropRetired("totals", Duration.ZERO);
                assertThat(fixture.redis.hgetall(position(2, 1))).isEqualTo(filled);
                assertThat(fixture.redis.hgetall(retired)).doesNotContainKey("2");
            }
        }
    }

    @Test
    void whoKnowsOnlyOfBeforeRetiresNothingThatReadersWereLedToAgain() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 5));
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            String before = Long.toString(Long.parseLong(fixture.redis.hget(position(1, 1), "wanted")) - 1);
            assertThat(redis.is(RedisScripts.RETIRE, List.of(position(1, 1)), List.of(before)))
                    .isFalse();
            assertThat(fixture.redis.hgetall(position(1, 1))).doesNotContainKey("retired");
        }
    }
}
