package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.reach;
import static app.veza.projectionengine.JobFixture.relation;
import static app.veza.projectionengine.JobFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Verification of read models in Redis: key by key, with the times at which they end. */
class VerifyRedisTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void showsEachRedisKeyThatDiffers() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(2_000, 3));
        log.append(new Deposited(1_001, 5), new Deposited(1_002, 6), new Deposited(1_003, 7));
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            RedisKeys keys = new RedisKeys(fixture.prefix, "totals", 1);
            fixture.redis.del(keys.key("total:1001"));
            fixture.redis.set(keys.key("total:1002"), "7");
            fixture.redis.set(keys.key("total:5000"), "7");
            Verdict verdict = verdict(engine, engine.jobs().verify("totals", 2));
            Verdict.Relation total = relation(verdict, "total");
            assertThat(total.missing()).isEqualTo(1);
            assertThat(total.extra()).isEqualTo(1);
            assertThat(total.changed()).isEqualTo(1);
            assertThat(verdict.rows()).hasSize(2).anySatisfy(row -> {
                assertThat(row.key()).isEqualTo(Map.of("key", JSON.stringNode("total:1002")));
                assertThat(row.columns())
                        .containsExactly(new Verdict.Column("value", JSON.stringNode("7"), JSON.stringNode("6")));
            });
        }
    }

    /** Counts how often an account was touched, for an hour of the history that has not passed yet; or has. */
    private record Leases(Instant till) implements RedisProjection {
        @Override
        public String name() {
            return "leases";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Set<String> eventTypes() {
            return Set.of(Ledger.DEPOSITED);
        }

        @Override
        public void apply(RedisBatch batch, List<Recorded<?>> events) {
            for (Recorded<?> recorded : events) {
                String key = "lease:" + ((Deposited) recorded.event()).account();
                batch.set(key, "x").expireAt(key, till);
            }
        }
    }

    @Test
    void seesKeysThatWereLostOrEndAtAnotherTimeAlsoAmongThoseThatExpire() throws InterruptedException {
        ListLog log = new ListLog("a", List.of(new Deposited(1, 1), new Deposited(2, 1), new Deposited(3, 1)));
        Instant till = Instant.ofEpochMilli(Instant.now().plusSeconds(3_600).toEpochMilli());
        try (ProjectionEngine engine = fixture.start(log, new Leases(till))) {
            reach(engine, log, "leases");
            assertThat(verdict(engine, engine.jobs().verify("leases", 10))).matches(Verdict::same, "finds nothing");
            RedisKeys keys = new RedisKeys(fixture.prefix, "leases", 1);
            fixture.redis.del(keys.key("lease:1"));
            fixture.redis.pexpireat(keys.key("lease:2"), till.plusMillis(1).toEpochMilli());
            fixture.redis.persist(keys.key("lease:3"));
            Verdict verdict = verdict(engine, engine.jobs().verify("leases", 10));
            assertThat(relation(verdict, "lease").missing()).isEqualTo(1);
            assertThat(relation(verdict, "lease").changed()).isEqualTo(2);
            assertThat(verdict.rows())
                    .extracting(Verdict.Row::columns)
                    .contains(
                            List.of(new Verdict.Column(
                                    "expires",
                                    JSON.stringNode(till.plusMillis(1).toString()),
                                    JSON.stringNode(till.toString()))),
                            List.of(new Verdict.Column("expires", JSON.nullNode(), JSON.stringNode(till.toString()))));
        }
    }

    @Test
    void excusesKeysThatExpiredBetweenTheTwoReads() {
        Instant till = Instant.now().plusSeconds(3_600);
        RedisKeys served = new RedisKeys(fixture.prefix, "leases", 1);
        RedisKeys aside = new Edition("check", 1, Edition.SCRATCH).keys(fixture.prefix);
        for (RedisKeys keys : List.of(served, aside)) {
            fixture.redis.hset(keys.position(), "position", "2");
            fixture.redis.set(keys.key("lease:1"), "x");
            fixture.redis.set(keys.key("lease:2"), "x");
            fixture.redis.pexpireat(keys.key("lease:2"), till.toEpochMilli());
        }
        fixture.redis.pexpireat(
                served.key("lease:1"), Instant.now().plusMillis(300).toEpochMilli());
        fixture.redis.pexpireat(
                aside.key("lease:1"), Instant.now().plusMillis(300).toEpochMilli());
        try (RedisKeyspace one = new RedisKeyspace(fixture.client, served);
                RedisKeyspace other = new RedisKeyspace(fixture.client, aside)) {
            RedisComparison comparison = new RedisComparison(
                    one,
                    other,
                    position -> await().atMost(PATIENCE).until(() -> fixture.redis.exists(aside.key("lease:1")) == 0),
                    10,
                    null);
            assertThat(comparison.compare()).isZero();
            fixture.redis.del(aside.key("lease:2"));
            assertThat(comparison.compare()).isEqualTo(1);
        }
    }

    /** While a script runs Redis does nothing else, and these would be 20,000 elements in one. */
    @Test
    void readsFewElementsAtATimeHoweverFewTheKeys() {
        RedisKeys served = new RedisKeys(fixture.prefix, "large", 1);
        RedisKeys aside = new Edition("check", 1, Edition.SCRATCH).keys(fixture.prefix);
        String[] thousand =
                IntStream.range(0, 1_000).mapToObj(Integer::toString).toArray(String[]::new);
        for (RedisKeys keys : List.of(served, aside)) {
            fixture.redis.hset(keys.position(), "position", "2");
            for (int room = 0; room < 20; room++) {
                fixture.redis.sadd(keys.key("room:" + room), thousand);
            }
        }
        fixture.redis.sadd(aside.key("room:7"), "one more");
        fixture.redis.sadd(aside.key("room:20"), thousand);
        fixture.redis.sadd(served.key("room:21"), thousand);
        AtomicInteger pages = new AtomicInteger();
        try (RedisKeyspace one = new RedisKeyspace(fixture.client, served);
                RedisKeyspace other = new RedisKeyspace(fixture.client, aside)) {
            RedisComparison comparison = new RedisComparison(one, other, position -> pages.incrementAndGet(), 10, null);
            assertThat(comparison.compare()).isEqualTo(3);
            assertThat(pages).hasValueBetween(11, 22);
            Verdict.Relation rooms = relation(comparison.verdict(), "room");
            assertThat(rooms)
                    .extracting(Verdict.Relation::missing, Verdict.Relation::extra, Verdict.Relation::changed)
                    .containsExactly(1L, 1L, 1L);
        }
    }

    /** A difference would be a false alarm, and a rebuild would take rows away. */
    @Test
    void knowsOfRedisEventsThatWereGivenUp() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 1));
        log.append(new Deposited(1_000, 5), new Ledger.Odd(1_000), new Deposited(1_000, 6));
        log.append(new Ledger.Odd(1_001), new Deposited(1_001, 7));
        try (ProjectionEngine engine = fixture.start(log, totals)) {
            reach(engine, log, "totals");
            engine.deadLetters().drop("totals", "account:1000", false, "a test");
            assertThat(engine.deadLetters().retry("totals", "account:1000", -1).applied())
                    .isOne();
            engine.deadLetters().drop("totals", "account:1001", true, "a test");
            assertThat(verdict(engine, engine.jobs().verify("totals", 10))).matches(Verdict::same, "finds nothing");
            done(engine, engine.jobs().rebuild("totals"));
            log.append(new Deposited(1_001, 8));
            reach(engine, log, "totals");
            assertThat(engine.deadLetters().count("totals")).isZero();
            assertThat(totals.read(fixture.redis, new RedisKeys(fixture.prefix, "totals", 1, 2, 0)))
                    .isEqualTo(Totals.fold(log.recorded().stream()
                            .filter(one -> !Set.of(502L, 504L, 505L).contains(one.position()))
                            .toList()));
        }
    }
}
