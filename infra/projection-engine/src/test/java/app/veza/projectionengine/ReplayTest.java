package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.reach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.projectionengine.Ledger.Balance;
import app.veza.projectionengine.Ledger.Deposited;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Balance> rows(String schema) {
        return fixture.sql
                .fetch("select account, amount, deposits, position from " + schema + ".ledger_balance order by account")
                .map(row -> new Balance(
                        row.get(0, Integer.class),
                        row.get(1, Long.class),
                        row.get(2, Integer.class),
                        row.get(3, Long.class)));
    }

    @Test
    void toAPositionCanBeQueriedByTheNamesThatReadersKnow() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(3_000, 1));
        try (ProjectionEngine engine = fixture.start(log, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
            done(engine, engine.jobs().replay("ledger", 1_234, "past", null));
            done(engine, engine.jobs().replay("totals", 1_234, "past_totals", null));
            List<Recorded<Object>> past = log.recorded().subList(0, 1_234);
            assertThat(rows("past")).isEqualTo(Ledger.sorted(Ledger.fold(past)));
            assertThat(ledger.rows(fixture.database)).isEqualTo(Ledger.sorted(Ledger.fold(log.recorded())));
            assertThat(totals.read(fixture.redis, new RedisKeys(fixture.prefix, "past_totals", 1)))
                    .isEqualTo(Totals.fold(past));
            assertThat(engine.jobs().replays())
                    .extracting(ProjectionJob::scratch)
                    .containsExactly("past", "past_totals");

            assertThatThrownBy(() -> engine.jobs().replay("ledger", 5, "past", null))
                    .isInstanceOf(JobRefusedException.class)
                    .hasMessageContaining("'past' cannot be used: there is a schema past");
            engine.jobs().drop("past");
            engine.jobs().drop("past_totals");
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
            assertThat(fixture.stems()).containsExactly("{totals:1:0}");
            assertThatThrownBy(() -> engine.jobs().drop("past")).hasMessageContaining("No replay fills 'past'");
            done(engine, engine.jobs().replay("ledger", 5, "past", null));
        }
    }

    @Test
    void thatIsBeingReadIsNotDroppedAndSaysWhoReadsIt() throws Exception {
        ListLog log = new ListLog("a", Ledger.history(100, 1));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            done(engine, engine.jobs().replay("ledger", 50, "past", null));
            try (Connection reader = fixture.database.getConnection();
                    Statement query = reader.createStatement()) {
                reader.setAutoCommit(false);
                query.execute("select * from past.ledger_balance");
                assertThatThrownBy(() -> engine.jobs().drop("past"))
                        .isInstanceOfSatisfying(
                                JobRefusedException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(JobRefusedException.Reason.CONFLICT))
                        .hasMessageContaining("past cannot be dropped while it is read: process ")
                        .hasMessageContaining("idle in transaction")
                        .hasMessageContaining("ledger_balance");
                reader.rollback();
            }
            engine.jobs().drop("past");
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
        }
    }

    /** Keys of live read models go by the clock of today; a replay shows what was then. */
    @Test
    void keepsWhatWasToExpire() throws InterruptedException {
        ListLog log = new ListLog("a", List.of(new Deposited(1, 5), new Deposited(2, 6)));
        Seen seen = new Seen("seen");
        try (ProjectionEngine engine = fixture.start(log, seen)) {
            reach(engine, log, "seen");
            RedisKeys live = new RedisKeys(fixture.prefix, "seen", 1);
            assertThat(fixture.redis.get(live.key("until:1"))).isNull();
            assertThat(fixture.redis.ttl(live.key("for:1"))).isPositive();
            done(engine, engine.jobs().replay("seen", 2, "past_seen", null));
            RedisKeys past = new RedisKeys(fixture.prefix, "past_seen", 1, Edition.SCRATCH, 0);
            for (String key : List.of("until:1", "for:1", "a while:1", "until:2", "for:2", "a while:2")) {
                assertThat(fixture.redis.ttl(past.key(key))).as(key).isEqualTo(-1);
            }
        }
    }

    private record Seen(String name) implements RedisProjection {
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
                int account = ((Deposited) recorded.event()).account();
                batch.set("until:" + account, "x").expireAt("until:" + account, Instant.EPOCH.plusMillis(1));
                batch.set("for:" + account, "x", Duration.ofHours(1));
                batch.set("a while:" + account, "x").expire("a while:" + account, Duration.ofHours(1));
            }
        }
    }

    @Test
    void goesByItselfWhenItsTimeIsOver() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 3));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            done(engine, engine.jobs().replay("ledger", 100, "past", Duration.ofMillis(1)));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fixture.schemas()).containsExactly("ledger_v1"));
        }
    }

    @Test
    void refusesWhatMakesNoSense() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(100, 4));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            ProjectionJobs jobs = engine.jobs();
            assertThatThrownBy(() -> jobs.replay("legder", 5, "past", null))
                    .hasMessage("There is no projection 'legder'; there are [ledger]");
            assertThatThrownBy(() -> jobs.replay("ledger", 101, "past", null))
                    .hasMessage("There is no position 101: the log goes from 1 to 100");
            assertThatThrownBy(() -> jobs.replay("ledger", 5, "Then", null)).hasMessageContaining("lower-case letters");
            assertThatThrownBy(() -> jobs.replay("ledger", 5, "view", null)).hasMessageContaining("platform's own");
            assertThatThrownBy(() -> jobs.replay("ledger", 5, "ledger_v3", null))
                    .hasMessageContaining("platform's own");
            assertThatThrownBy(() -> jobs.replay("ledger", 5, "past", Duration.ZERO))
                    .hasMessageContaining("dropped after");
        }
    }
}
