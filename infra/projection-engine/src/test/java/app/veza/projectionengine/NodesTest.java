package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.projectionengine.Ledger.Deposited;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each projection is moved by one node; the others watch it, and one of them goes on when that one is gone. */
class NodesTest {
    private static final int PROJECTIONS = 8;
    private static FreshDatabase fresh;
    private final String prefix = "nodes" + UUID.randomUUID() + ":";
    private final List<Totals> projections = IntStream.range(0, PROJECTIONS)
            .mapToObj(i -> new Totals("totals" + i, 1))
            .toList();
    private HikariDataSource database;
    private RedisClient redis;

    @BeforeAll
    static void create() {
        fresh = EmbeddedPlatform.shared().freshDatabase();
    }

    @AfterAll
    static void drop() {
        fresh.close();
    }

    @BeforeEach
    void connect() {
        database = Engines.primary(fresh.properties());
        DSL.using(database, SQLDialect.POSTGRES).execute("drop schema if exists projection, view cascade");
        redis = RedisClient.create(fresh.properties().get("veza.redis.url"));
    }

    @AfterEach
    void disconnect() {
        try (var connection = redis.connect()) {
            connection.sync().keys(prefix + "*").forEach(connection.sync()::del);
        }
        redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        database.close();
    }

    private ProjectionEngine start(EventLog log, String node) {
        return ProjectionEngine.start(
                log,
                new ProjectionTargets(database, database, redis),
                projections,
                Engines.config().withRedisKeyPrefix(prefix),
                new SimpleMeterRegistry(),
                ProjectionNode.of(node));
    }

    private static List<String> running(ProjectionEngine engine) {
        return engine.positions().values().stream()
                .filter(status -> status.state() == ProjectionState.RUNNING)
                .map(ProjectionStatus::name)
                .toList();
    }

    private static void awaitSpread(Map<String, ProjectionEngine> nodes) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> all = new ArrayList<>();
            nodes.values().forEach(engine -> all.addAll(running(engine)));
            assertThat(all).as("each once").hasSize(PROJECTIONS).doesNotHaveDuplicates();
            nodes.forEach((id, engine) -> engine.positions().values().forEach(status -> {
                assertThat(status.leader()).isIn(nodes.keySet());
                assertThat(status.state())
                        .isEqualTo(id.equals(status.leader()) ? ProjectionState.RUNNING : ProjectionState.STANDBY);
            }));
        });
    }

    private void reach(ProjectionEngine engine, ListLog log) throws InterruptedException {
        for (Totals projection : projections) {
            assertThat(engine.awaitPosition(projection.name(), log.head(), PATIENCE))
                    .as("%s", engine.positions())
                    .isTrue();
        }
        try (var connection = redis.connect()) {
            for (Totals projection : projections) {
                assertThat(projection.read(connection.sync(), prefix)).isEqualTo(Totals.fold(log.recorded()));
            }
        }
    }

    /** The alarm and the health of a node that stands by would tell of letters for as long as it does. */
    @Test
    void whoStandsByTellsOfLettersAsTheyAreNow() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(50, 1));
        try (ProjectionEngine first = start(log, "one");
                ProjectionEngine second = start(log, "two")) {
            awaitSpread(Map.of("one", first, "two", second));
            log.append(new Ledger.Odd(1_000));
            awaitLetters(1, first, second);
            for (Totals projection : projections) {
                first.deadLetters().drop(projection.name(), "account:1000", true, "a test");
            }
            // who leads counts with each commit
            log.append(new Deposited(1, 1));
            awaitLetters(0, first, second);
        }
    }

    private static void awaitLetters(long expected, ProjectionEngine... engines) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engines)
                        .allSatisfy(engine -> assertThat(engine.positions().values())
                                .extracting(ProjectionStatus::deadLetters)
                                .containsOnly(expected)));
    }

    @Test
    void shareTheProjectionsAndTakeThemOver() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 1));
        try (ProjectionEngine first = start(log, "one")) {
            reach(first, log);
            awaitSpread(Map.of("one", first));
            try (ProjectionEngine second = start(log, "two")) {
                awaitSpread(Map.of("one", first, "two", second));
                assertThat(running(first)).as("some moved, some stayed").isNotEmpty();
                assertThat(running(second)).isNotEmpty();
                log.append(Ledger.history(500, 2));
                reach(first, log);
                reach(second, log);
                assertThat(running(first)).doesNotContainAnyElementsOf(running(second));
            }
            awaitSpread(Map.of("one", first));
            assertThat(DSL.using(database, SQLDialect.POSTGRES)
                            .fetch("select id from projection.node where beat_at > now() - interval '3 seconds'")
                            .getValues(0, String.class))
                    .as("who stopped in good order left at once")
                    .containsExactly("one");
            log.append(new Deposited(1, 1));
            reach(first, log);
        }
    }

    /** SIGKILL: no word of farewell. With the settings of production. */
    @Test
    void takeOverWithinFiveSecondsWhatAKilledOneRan(@TempDir Path directory) throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 6));
        try (RunnerProcess other =
                        RunnerProcess.start(fresh.properties(), prefix, 500, 6, directory.resolve("log"), "one");
                ProjectionEngine engine = ProjectionEngine.start(
                        log,
                        new ProjectionTargets(database, database, redis),
                        List.of(new Balances("ledger"), new Totals("totals", 1)),
                        ProjectionEngineConfig.defaults().withRedisKeyPrefix(prefix),
                        new SimpleMeterRegistry(),
                        ProjectionNode.of("two"))) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(engine.positions().values())
                        .extracting(ProjectionStatus::leader)
                        .containsExactlyInAnyOrder("one", "two");
                assertThat(engine.positions().values())
                        .extracting(ProjectionStatus::state)
                        .containsExactlyInAnyOrder(ProjectionState.RUNNING, ProjectionState.STANDBY);
            });
            try (Hiccups machine = new Hiccups()) {
                long from = System.nanoTime();
                other.kill();
                log.append(new Deposited(1, 1));
                for (String name : List.of("ledger", "totals")) {
                    assertThat(engine.awaitPosition(name, log.head(), PATIENCE)).isTrue();
                }
                Duration took = Duration.ofNanos(System.nanoTime() - from);
                assertThat(took).isLessThan(Duration.ofSeconds(5).plus(machine.longest()));
            }
        }
    }

    /** What it ran is not led by it any more, though it lives and beats. */
    @Test
    void leaveAProjectionToAnotherWhenItDoesNotGetOnHere() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(500, 3));
        PausableLog hanging = new PausableLog(log);
        try (ProjectionEngine first = start(hanging, "one");
                ProjectionEngine second = start(log, "two")) {
            awaitSpread(Map.of("one", first, "two", second));
            hanging.pauseFrom(500);
            log.append(Ledger.history(100, 4));
            hanging.awaitPaused();
            reach(second, log);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(second.positions().values())
                            .extracting(ProjectionStatus::leader)
                            .containsOnly("two"));
            hanging.resume();
            log.append(Ledger.history(100, 5));
            reach(second, log);
            reach(first, log);
        }
    }
}
