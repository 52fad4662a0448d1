package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.stores.ReadPositions.NotReached;
import app.veza.stores.ReadPositions.Outcome;
import app.veza.stores.ReadPositions.Reached;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadPositionsTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    private FreshDatabase fresh;
    private PostgresPool primary;
    private PostgresPool replica;
    private PostgresPool writer;
    private ReadPositions positions;
    private volatile String log = "one";

    @BeforeEach
    void open() {
        fresh = EmbeddedPlatform.shared().freshDatabase();
        primary = PostgresPoolTest.open(fresh.properties(), "primary", 2, true);
        replica = PostgresPoolTest.open(fresh.properties(), "replica", 2, true);
        writer = PostgresPoolTest.open(fresh.properties(), "primary", 2, false);
        // the projection engine's view has these columns and more
        writer.dsl().execute("create schema projection");
        writer.dsl().execute("create table projection.current (name text primary key, log_id text, position bigint)");
        writer.dsl().execute("insert into projection.current values ('chat', 'one', 10), ('people', 'one', 20)");
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(replica.dsl().fetchValue("select count(*) from projection.current"))
                        .isEqualTo(2L));
        positions = new ReadPositions(replica, primary, () -> log, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        positions.close();
        writer.close();
        replica.close();
        primary.close();
        fresh.close();
    }

    private void move(String name, long position) {
        writer.dsl().execute("update projection.current set position = ? where name = ?", position, name);
    }

    @Test
    void theLeastOfTheProjectionsCounts() {
        assertThat(positions.await(Set.of("chat"), 10, SHORT)).isEqualTo(new Reached(replica, "one", 10));
        assertThat(positions.await(Set.of("people"), 15, SHORT)).isEqualTo(new Reached(replica, "one", 20));
        assertThat(positions.await(Set.of("chat", "people"), 15, SHORT)).isEqualTo(new NotReached(10));
        assertThat(positions.await(Set.of("chat", "unheard-of"), 1, SHORT)).isEqualTo(new NotReached(0));
        assertThat(positions.await(Set.of("chat", "people"), 0, SHORT)).isEqualTo(new Reached(replica, "one", 10));
    }

    @Test
    void aPositionOfALogIsNotOneOfAnother() {
        log = "two";
        assertThat(positions.await(Set.of("chat"), 10, SHORT)).isEqualTo(new NotReached(0));
        await().untilAsserted(() -> assertThat(positions.await(Set.of("chat"), 0, SHORT))
                .as("any state will do, and says whose it is")
                .isEqualTo(new Reached(replica, "one", 10)));

        writer.dsl().execute("update projection.current set log_id = 'two' where name = 'chat'");
        assertThat(positions.await(Set.of("chat"), 10, LONG))
                .isInstanceOfSatisfying(Reached.class, r -> assertThat(r.log()).isEqualTo("two"));
        assertThat(positions.await(Set.of("chat", "people"), 1, SHORT)).isEqualTo(new NotReached(0));
        await().untilAsserted(() ->
                assertThat(positions.await(Set.of("chat", "people"), 0, SHORT)).isEqualTo(new Reached(replica, "", 0)));
    }

    @Test
    void thousandsWaitAtTheCostOfOne() throws ExecutionException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> waiting = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                waiting.add(threads.submit(() -> positions.await(Set.of("chat"), 11, LONG)));
            }
            move("chat", 12);
            for (Future<Outcome> outcome : waiting) {
                assertThat(outcome.get())
                        .isInstanceOfSatisfying(
                                Reached.class, r -> assertThat(r.position()).isEqualTo(12));
            }
        }
    }

    @Test
    void theCurrentPositionFollows() {
        assertThat(positions.current(Set.of("chat", "people"))).isEqualTo(10);
        move("chat", 30);
        await().untilAsserted(() ->
                assertThat(positions.current(Set.of("chat", "people"))).isEqualTo(20));
    }

    @Test
    void thePrimaryAnswersWhileTheReplicaDoesNotApply() throws SQLException {
        try (Connection superuser = fresh.replicaSuperuser();
                Statement replay = superuser.createStatement()) {
            replay.execute("select pg_wal_replay_pause()");
            try {
                move("chat", 40);
                assertThat(positions.await(Set.of("chat"), 40, LONG)).isEqualTo(new Reached(primary, "one", 40));
                assertThat(positions.await(Set.of("people"), 20, SHORT)).isEqualTo(new Reached(replica, "one", 20));
            } finally {
                replay.execute("select pg_wal_replay_resume()");
            }
        }
    }

    @Test
    void thePrimaryAnswersWhileTheReplicaIsAway() {
        Map<String, String> nowhere = new HashMap<>(fresh.properties());
        nowhere.put("veza.postgres.replica.url", "jdbc:postgresql://127.0.0.1:1/veza");
        try (PostgresPool away = PostgresPoolTest.open(nowhere, "replica", 1, true);
                ReadPositions alone = new ReadPositions(away, primary, () -> log, new SimpleMeterRegistry())) {
            assertThat(alone.await(Set.of("chat"), 10, LONG)).isEqualTo(new Reached(primary, "one", 10));
            // known to be away once a question failed, and then without any wait
            await().untilAsserted(() ->
                    assertThat(alone.await(Set.of("chat"), 0, LONG)).isEqualTo(new Reached(primary, "one", 10)));
        }
    }

    @Test
    void thePrimaryAnswersWhileTheReplicaHangs() throws IOException {
        Map<String, String> silent = new HashMap<>(fresh.properties());
        // takes connections into its backlog and never says a word
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            silent.put("veza.postgres.replica.url", "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/veza");
            try (PostgresPool hung = PostgresPoolTest.open(silent, "replica", 1, true);
                    ReadPositions alone = new ReadPositions(hung, primary, () -> log, new SimpleMeterRegistry())) {
                assertThat(alone.await(Set.of("chat"), 10, LONG)).isEqualTo(new Reached(primary, "one", 10));
                await().untilAsserted(() ->
                        assertThat(alone.await(Set.of("chat"), 0, LONG)).isEqualTo(new Reached(primary, "one", 10)));
            }
        }
    }
}
