package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.projectionengine.Ledger.Deposited;
import app.veza.projectionengine.Ledger.Odd;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** As in PostgreSQL; and what Redis refuses half-way through a script is undone. */
class RedisDeadLettersTest {
    private static final int ACCOUNT = 1_000;
    private static final String KEY = "account:1000";

    private final String prefix = "letters" + UUID.randomUUID() + ":";
    private final Totals totals = new Totals("totals", 1);
    private RedisClient client;
    private RedisCommands<String, String> redis;

    @BeforeEach
    void connect() {
        client = RedisClient.create(EmbeddedPlatform.shared().properties().get("veza.redis.url"));
        redis = client.connect().sync();
    }

    @AfterEach
    void disconnect() {
        redis.keys(prefix + "*").forEach(redis::del);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private ProjectionEngine start(EventLog log) {
        return start(log, Engines.config());
    }

    private ProjectionEngine start(EventLog log, ProjectionEngineConfig config) {
        PGSimpleDataSource none = new PGSimpleDataSource();
        return Engines.start(log, new ProjectionTargets(none, none, client), config.withRedisKeyPrefix(prefix), totals);
    }

    private static void reach(ProjectionEngine engine, EventLog log) throws InterruptedException {
        assertThat(engine.awaitPosition("totals", log.head(), PATIENCE))
                .as("%s", engine.positions())
                .isTrue();
    }

    private static List<Long> positions(ProjectionEngine engine) {
        return engine.deadLetters().page("totals", null, 0, Long.MAX_VALUE, 100).stream()
                .map(DeadLetter::position)
                .toList();
    }

    private void assertFoldedWithout(ListLog log, Collection<Long> positions) {
        List<Recorded<Object>> applied = log.recorded().stream()
                .filter(recorded -> !positions.contains(recorded.position()))
                .toList();
        assertThat(totals.read(redis, prefix)).isEqualTo(Totals.fold(applied));
    }

    @Test
    void parkOneKeyInOrderWhileEverythingElseGoesOn() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 1));
        log.append(new Deposited(ACCOUNT, 5), new Odd(ACCOUNT), new Deposited(ACCOUNT, 6));
        log.append(Ledger.history(200, 2));
        try (ProjectionEngine engine = start(log)) {
            reach(engine, log);
            assertThat(positions(engine)).containsExactly(502L, 503L);
            assertFoldedWithout(log, List.of(502L, 503L));
            assertThat(engine.positions().get("totals").deadLetters()).isEqualTo(2);
            assertThat(engine.deadLetters().retry("totals", KEY, -1).failed())
                    .extracting(DeadLetter::position)
                    .containsExactly(502L);
        }
        try (ProjectionEngine engine = start(log)) {
            log.append(new Deposited(ACCOUNT, 7), new Deposited(3, 7));
            reach(engine, log);
            assertThat(positions(engine)).containsExactly(502L, 503L, 704L);
            assertThat(engine.deadLetters().page("totals", KEY, 0, 502, 10))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.attempts()).isEqualTo(2);
                        assertThat(letter.error()).contains("no type known here");
                        assertThat(letter.sequenceKey()).isEqualTo(KEY);
                        assertThat(letter.eventType()).isEqualTo(Ledger.DEPOSITED);
                    });
            assertThat(engine.deadLetters().drop("totals", KEY, false, "a test"))
                    .isOne();
            assertThat(engine.deadLetters().retry("totals", null, -1).applied()).isEqualTo(2);
            assertFoldedWithout(log, List.of(502L));
            log.append(new Deposited(ACCOUNT, 8));
            reach(engine, log);
            assertFoldedWithout(log, List.of(502L));
            assertThat(engine.positions().get("totals").deadLetters()).isZero();
        }
        assertThat(redis.keys(prefix + "*letters*")).isEmpty();
    }

    /** Redis refuses the second operation: the model is half-way, is filled again, and the event found and undone. */
    @Test
    void holdWhatRedisRefusesHalfWay() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 13));
        log.append(new Deposited(ACCOUNT, 5), new Deposited(ACCOUNT, Ledger.POISON), new Deposited(ACCOUNT, 6));
        log.append(Ledger.history(200, 14));
        try (ProjectionEngine engine = start(log)) {
            reach(engine, log);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(positions(engine)).containsExactly(1_002L, 1_003L));
            reach(engine, log);
            await().atMost(PATIENCE).untilAsserted(() -> assertFoldedWithout(log, List.of(1_002L, 1_003L)));
            RedisKeys keys = new RedisKeys(prefix, "totals", 1);
            assertThat(redis.get(keys.key("touched"))).as("undone").isNull();
            assertThat(redis.hget(keys.position(), "broken")).isNull();
            assertThat(engine.deadLetters()
                            .page("totals", KEY, 0, 1_002, 1)
                            .getFirst()
                            .error())
                    .contains("LPUSH", "total:1000", "WRONGTYPE");
            // a retry that is refused half-way is undone too
            assertThat(engine.deadLetters().retry("totals", KEY, -1).failed()).hasSize(1);
            assertThat(redis.get(keys.key("touched"))).isNull();
            assertFoldedWithout(log, List.of(1_002L, 1_003L));
        }
    }

    @Test
    void doNoHarmByTheirNumber() throws InterruptedException {
        int many = 100_000;
        ListLog log = new ListLog("a", List.of(new Odd(ACCOUNT)));
        log.append(Collections.nCopies(many, new Deposited(ACCOUNT, 1)));
        log.append(Ledger.history(500, 3));
        try (ProjectionEngine engine = start(log, ProjectionEngineConfig.defaults())) {
            assertThat(engine.awaitPosition("totals", log.head(), Duration.ofSeconds(120)))
                    .isTrue();
            assertThat(engine.positions().get("totals").deadLetters()).isEqualTo(many + 1);
            assertThat(engine.deadLetters().page("totals", KEY, many - 10, Long.MAX_VALUE, 5))
                    .extracting(DeadLetter::position)
                    .containsExactly(99_991L, 99_992L, 99_993L, 99_994L, 99_995L);
            assertThat(engine.deadLetters().drop("totals", KEY, false, "a test"))
                    .isOne();
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> engine.deadLetters().retry("totals", KEY, -1).complete());
            assertFoldedWithout(log, Set.of(1L));
            log.append(new Odd(ACCOUNT));
            log.append(Collections.nCopies(many, new Deposited(ACCOUNT, 1)));
            long second = log.head() - many;
            assertThat(engine.awaitPosition("totals", log.head(), Duration.ofSeconds(120)))
                    .isTrue();
            assertThat(engine.deadLetters().drop("totals", KEY, true, "a test")).isEqualTo(many + 1);
            log.append(new Deposited(ACCOUNT, 7));
            reach(engine, log);
            assertFoldedWithout(
                    log,
                    LongStream.concat(LongStream.of(1), LongStream.rangeClosed(second, second + many))
                            .boxed()
                            .collect(Collectors.toSet()));
        }
    }
}
