package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.projectionengine.Ledger.Deposited;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A projection that does not get on is seen with its cause, also when nothing fails. */
class StallTest {
    /** Within this time a stall is promised to be seen, with its cause. */
    private static final Duration SEEN = Duration.ofSeconds(10);

    private final RedisClient redis = RedisClient.create("redis://127.0.0.1:1");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private static FreshDatabase fresh;
    private HikariDataSource database;

    @BeforeAll
    static void create() {
        fresh = EmbeddedPlatform.shared().freshDatabase();
    }

    @AfterAll
    static void drop() {
        fresh.close();
    }

    @BeforeEach
    void empty() {
        database = Engines.primary(fresh.properties());
        DSL.using(database, SQLDialect.POSTGRES).execute("drop schema if exists projection, view, ledger_v1 cascade");
    }

    @AfterEach
    void shutDown() {
        database.close();
        redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private ProjectionEngine start(EventLog log, Projection projection) {
        return ProjectionEngine.start(
                log, new ProjectionTargets(database, database, redis), List.of(projection), Engines.config(), meters);
    }

    private ProjectionEngine caughtUp(ListLog log) throws InterruptedException {
        ProjectionEngine engine = start(log, new Balances("ledger"));
        assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
        return engine;
    }

    private ProjectionStatus awaitState(ProjectionEngine engine, ProjectionState state, String... cause) {
        await().atMost(state == ProjectionState.STALLED ? SEEN : PATIENCE).untilAsserted(() -> {
            ProjectionStatus status = engine.positions().get("ledger");
            assertThat(status.state()).isEqualTo(state);
            if (cause.length > 0) {
                assertThat(status.lastError()).contains(cause);
            }
            assertThat(meters.get("veza.projection.state")
                            .tag("state", state.name())
                            .gauge()
                            .value())
                    .isOne();
        });
        return engine.positions().get("ledger");
    }

    @Test
    void whileTheLogDoesNotAnswer() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 1));
        PausableLog hanging = new PausableLog(log);
        hanging.pauseFrom(400);
        try (ProjectionEngine engine = start(hanging, new Balances("ledger"))) {
            hanging.awaitPaused();
            ProjectionStatus stalled = awaitState(engine, ProjectionState.STALLED, "reads the log behind position");
            assertThat(stalled.position()).isLessThan(1_000);
            hanging.resume();
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
            awaitState(engine, ProjectionState.RUNNING);
        }
    }

    @Test
    void whileTheProjectorDoesNotReturn() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 1));
        CountDownLatch asleep = new CountDownLatch(1);
        Balances slow = new Balances("ledger", 1, Target.PRIMARY, position -> {
            if (position > 500) {
                awaitQuietly(asleep);
            }
        });
        try (ProjectionEngine engine = start(log, slow)) {
            awaitState(engine, ProjectionState.STALLED, "applies events behind position");
            asleep.countDown();
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
            awaitState(engine, ProjectionState.RUNNING);
        }
    }

    @Test
    void whileSomebodyHoldsALockOnItsTables() throws InterruptedException, SQLException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 1));
        try (ProjectionEngine engine = caughtUp(log)) {
            try (Connection somebody = database.getConnection();
                    Statement statement = somebody.createStatement()) {
                somebody.setAutoCommit(false);
                statement.execute("set application_name = 'somebody'");
                statement.execute("lock table ledger_v1.balance in access exclusive mode");
                log.append(new Deposited(1, 1));
                awaitState(engine, ProjectionState.STALLED, "lock", "somebody", "idle in transaction");
                somebody.rollback();
            }
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
            awaitState(engine, ProjectionState.RUNNING);
        }
    }

    /** As a node that is stopped while it copies: no timeout of PostgreSQL's counts there. */
    @Test
    void notForLongWhileAHolderOfItsPositionStandsStillInACopy() throws Exception {
        ListLog log = new ListLog("a", Ledger.history(1_000, 1));
        try (ProjectionEngine engine = caughtUp(log)) {
            // what is left of it cannot even be closed
            Connection stopped = outsideThePool();
            CopyIn copy = copyOnceItHoldsThePosition(stopped);
            log.append(new Deposited(1, 1));
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
            assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
            stopped.abort(Runnable::run);
            awaitState(engine, ProjectionState.RUNNING);
        }
    }

    @Test
    void forAsLongAsAHolderOfItsPositionGoesOnWithACopy() throws Exception {
        ListLog log = new ListLog("a", Ledger.history(1_000, 1));
        try (ProjectionEngine engine = caughtUp(log)) {
            try (Connection slow = outsideThePool()) {
                CopyIn copy = copyOnceItHoldsThePosition(slow);
                log.append(new Deposited(1, 1));
                byte[] line = "a line of a long COPY\n".getBytes(StandardCharsets.US_ASCII);
                long until = System.nanoTime()
                        + Engines.config().idleTimeout().multipliedBy(4).toNanos();
                while (System.nanoTime() < until) {
                    copy.writeToCopy(line, 0, line.length);
                    copy.flushCopy();
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                copy.endCopy();
                slow.rollback();
            }
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
        }
    }

    /** As the erasure of one who said a million things: such an event is no poison, and no smaller batch would help. */
    @Test
    void notForEverAtAnEventWhoseStatementsTakeLongerThanOthersMay() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(1_000, 1));
        Balances ledger = new Balances("ledger");
        try (ProjectionEngine engine = ProjectionEngine.start(
                log,
                new ProjectionTargets(database, database, redis),
                List.of(ledger),
                Engines.withStatementTimeout(Duration.ofSeconds(1)),
                meters)) {
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
            DSL.using(database, SQLDialect.POSTGRES).execute("""
                    create function ledger_v1.slowly() returns trigger language plpgsql as
                        'begin perform pg_sleep(2.5); return new; end';
                    create trigger slowly before insert on ledger_v1.deposit for each row
                        when (new.amount = 1_000_000) execute function ledger_v1.slowly()
                    """);
            log.append(new Deposited(1, 1_000_000));
            for (int i = 0; i < 50; i++) {
                log.append(new Deposited(i, 1));
            }
            assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE)).isTrue();
            assertThat(ledger.rows(database)).isEqualTo(Ledger.sorted(Ledger.fold(log.recorded())));
            assertThat(engine.positions().get("ledger").deadLetters()).isZero();
        }
    }

    private Connection outsideThePool() throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    private static CopyIn copyOnceItHoldsThePosition(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table copied (line text) on commit drop");
            statement.execute("update projection.position set updated_at = now() where name = 'ledger'");
        }
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy copied from stdin");
    }

    /** Who is in the way of one is asked for as long as that takes; meanwhile others are looked at. */
    @Test
    void ofOneWhileTheStoreOfAnotherDoesNotTellWhoBlocksIt() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(100, 1));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch asleep = new CountDownLatch(1);
        try (Progress frozen = new Progress(new Balances("frozen"), "primary", log, meters);
                Progress sound = new Progress(new Balances("sound"), "primary", log, meters);
                StallWatch watch = new StallWatch()) {
            sound.at(log.head());
            watch.add(watched(frozen, () -> {
                asked.countDown();
                awaitQuietly(asleep);
                return Optional.empty();
            }));
            watch.add(watched(sound, Optional::empty));
            watch.start();
            assertThat(asked.await(SEEN.toSeconds(), TimeUnit.SECONDS)).isTrue();
            log.append(new Deposited(1, 1));
            await().atMost(SEEN).until(sound::isStalled);
            frozen.at(log.head());
            await().atMost(SEEN).until(() -> !frozen.isStalled());
            asleep.countDown();
        }
    }

    private static StallWatch.Watched watched(Progress progress, StallWatch.Blockers blockers) {
        return new StallWatch.Watched(
                new Balances("ledger"), progress, Thread.currentThread(), Duration.ZERO, blockers);
    }

    @Test
    void forGoodWhenItsThreadDies() {
        ListLog log = new ListLog("a", Ledger.history(100, 1));
        Balances deadly = new Balances("ledger", 1, Target.PRIMARY, position -> {
            throw new OutOfMemoryError("as when the heap is full");
        });
        try (ProjectionEngine engine = start(log, deadly)) {
            awaitState(engine, ProjectionState.FAILED, "its runner died", "heap is full");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
