package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Deposited;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class VerifyTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Verdict verdict(ProjectionEngine engine, ProjectionJob job) {
        return Objects.requireNonNull(done(engine, job).verdict());
    }

    private static Verdict.Relation relation(Verdict verdict, String name) {
        return verdict.relations().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + verdict));
    }

    @Test
    void ofASoundReadModelFindsNothingAlsoUnderLoadAndLeavesNothing() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(5_000, 1));
        AtomicBoolean over = new AtomicBoolean();
        try (ProjectionEngine engine = fixture.start(log, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
            Thread writer = Thread.ofVirtual().start(() -> {
                SplittableRandom random = new SplittableRandom(2);
                while (!over.get()) {
                    log.append(Ledger.history(2, random.nextLong()));
                    LockSupport.parkNanos(2_000_000);
                }
            });
            Verdict sql = verdict(engine, engine.jobs().verify("ledger", 10));
            Verdict redis = verdict(engine, engine.jobs().verify("totals", 10));
            over.set(true);
            writer.join();
            assertThat(sql.same()).as("%s", sql).isTrue();
            assertThat(sql.position()).isGreaterThanOrEqualTo(5_000);
            assertThat(relation(sql, "balance").rows()).isPositive();
            assertThat(relation(sql, "deposit").rows()).isPositive();
            assertThat(redis.same()).as("%s", redis).isTrue();
            assertThat(relation(redis, "total").rows()).isPositive();
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
            assertThat(fixture.stems()).containsExactly("{totals:1:0}");
        }
    }

    @Test
    void showsEachRowThatDiffers() throws InterruptedException {
        ListLog log = new ListLog("a");
        for (int account = 1; account <= 100; account++) {
            log.append(new Deposited(account, 10L * account));
        }
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            fixture.sql.execute("delete from ledger_v1.balance where account = 7");
            fixture.sql.execute("update ledger_v1.balance set amount = 1, deposits = 9 where account = 8");
            fixture.sql.execute("insert into ledger_v1.balance values (700, 5, 1, 3)");
            Verdict verdict = verdict(engine, engine.jobs().verify("ledger", 10));
            Verdict.Relation balance = relation(verdict, "balance");
            assertThat(balance.missing()).isEqualTo(1);
            assertThat(balance.extra()).isEqualTo(1);
            assertThat(balance.changed()).isEqualTo(1);
            assertThat(relation(verdict, "deposit").differences()).isZero();
            assertThat(verdict.rows()).hasSize(3);
            assertThat(verdict.rows()).anySatisfy(row -> {
                assertThat(row.kind()).isEqualTo(Verdict.Kind.CHANGED);
                assertThat(row.key()).isEqualTo(Map.of("account", JSON.numberNode(8)));
                assertThat(row.columns())
                        .containsExactly(
                                new Verdict.Column("amount", JSON.numberNode(1), JSON.numberNode(80)),
                                new Verdict.Column("deposits", JSON.numberNode(9), JSON.numberNode(1)));
            });
            assertThat(verdict.rows()).anySatisfy(row -> {
                assertThat(row.kind()).isEqualTo(Verdict.Kind.MISSING);
                assertThat(row.columns()).contains(new Verdict.Column("amount", JSON.nullNode(), JSON.numberNode(70)));
            });
            assertThat(verdict.rows()).anySatisfy(row -> {
                assertThat(row.kind()).isEqualTo(Verdict.Kind.EXTRA);
                assertThat(row.key()).isEqualTo(Map.of("account", JSON.numberNode(700)));
            });
            // a rebuild puts it right
            done(engine, engine.jobs().rebuild("ledger"));
            assertThat(verdict(engine, engine.jobs().verify("ledger", 10)).same())
                    .isTrue();
        }
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

    @Test
    void previewTellsWhatReadersWouldSeeOfOtherCode() throws InterruptedException {
        ListLog log = new ListLog("a");
        for (int account = 1; account <= 20; account++) {
            log.append(new Deposited(account, account));
        }
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            fixture.sql.execute("update ledger_v1.balance set amount = 99 where account = 3");
            Balances second = new Balances("ledger", 2, Target.PRIMARY, position -> {});
            ProjectionJob job = Asked.comparison(ProjectionJob.Kind.PREVIEW, second, 10);
            // as a node with the newer code does before it takes over
            JobTools tools = fixture.tools(log, JobsConfig.defaults(), Engines.config());
            JobTable table = tools.table();
            table.create();
            table.insert(job, null);
            table.claim(tools.jobs().node(), List.of("ledger:2"), Duration.ofSeconds(5));
            JobRun run = new JobRun(job, java.util.Optional.of(second), tools);
            run.start();
            Verdict verdict = verdict(engine, job);
            Verdict.Relation balance = relation(verdict, "ledger_balance");
            assertThat(balance.added()).containsExactly("note");
            assertThat(balance.removed()).isEmpty();
            assertThat(balance.changed()).isEqualTo(1);
            assertThat(verdict.rows().getFirst().columns())
                    .containsExactly(new Verdict.Column("amount", JSON.numberNode(99), JSON.numberNode(3)));
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
            assertThat(fixture.sql.fetchValue("select version from projection.current"))
                    .isEqualTo(1);
        }
    }

    /** Balances whose view tells the time, as of what is still going on. */
    private record Timed(Balances of) implements SqlProjection {
        @Override
        public String name() {
            return "timed";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Target target() {
            return Target.PRIMARY;
        }

        @Override
        public String tables() {
            return of.tables();
        }

        @Override
        public String views() {
            return "app/veza/projectionengine/timed-views-1.sql";
        }

        @Override
        public Set<String> eventTypes() {
            return of.eventTypes();
        }

        @Override
        public void apply(DSLContext tx, List<Recorded<?>> batch) {
            of.apply(tx, batch);
        }
    }

    @Test
    void previewAsksBothSidesOfOneMoment() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(100, 5));
        try (ProjectionEngine engine = fixture.start(log, new Timed(ledger))) {
            reach(engine, log, "timed");
            // as if its views were of other code: else nothing is left to preview
            fixture.sql.execute("update projection.definition set views_checksum = 'former'");
            Verdict verdict = verdict(engine, engine.jobs().preview("timed", 10));
            assertThat(relation(verdict, "timed_balance").rows()).isPositive();
            assertThat(verdict).matches(Verdict::same, "finds nothing");
        }
    }

    @Nested
    class Audits {
        @Test
        void findADifferenceThatNobodyLooksForAndTellEveryNode() throws InterruptedException {
            ListLog log = new ListLog("a", Ledger.history(2_000, 4));
            JobsConfig often = JobsConfig.defaults().withAuditEvery(Duration.ofMillis(100));
            try (ProjectionEngine engine = fixture.start(log, often, ledger, totals);
                    ProjectionEngine other = fixture.start(log, ledger, totals)) {
                reach(engine, log, "ledger", "totals");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(other.jobs().audits().keySet())
                                .containsExactlyInAnyOrder("ledger", "totals"));
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
    }
}
