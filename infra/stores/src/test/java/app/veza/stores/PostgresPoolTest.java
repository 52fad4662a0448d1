package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresPoolTest {
    private static FreshDatabase fresh;

    @BeforeAll
    static void create() {
        fresh = EmbeddedPlatform.shared().freshDatabase();
    }

    @AfterAll
    static void drop() {
        fresh.close();
    }

    static PostgresPool open(Map<String, String> properties, String server, int size, boolean readOnly) {
        String stem = "veza.postgres." + server + ".";
        return PostgresPool.open(
                new PoolConfig(
                        "test-" + server,
                        properties.get(stem + "url"),
                        properties.get(stem + "username"),
                        properties.get(stem + "password"),
                        size,
                        readOnly,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2)),
                new SimpleMeterRegistry());
    }

    @Test
    void isShownToTheServerByName() {
        try (PostgresPool pool = open(fresh.properties(), "primary", 2, false)) {
            assertThat(pool.dsl().fetchValue("select current_setting('application_name')"))
                    .isEqualTo("veza-test-primary");
        }
    }

    /** In a zone of summer time {@code interval '1 day'} is not always 24 hours. */
    @Test
    void isInUtcWhateverTheZoneOfTheJvm() {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
        try (PostgresPool pool = open(fresh.properties(), "primary", 2, false)) {
            assertThat(pool.dsl().fetchValue("show timezone")).isEqualTo("UTC");
            assertThat(pool.dsl()
                            .fetchValue("select (timestamptz '2026-10-26 00:00Z' - interval '1 day')"
                                    + " = timestamptz '2026-10-25 00:00Z'"))
                    .isEqualTo(true);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void refusesWritesWhenReadOnly() {
        try (PostgresPool pool = open(fresh.properties(), "primary", 2, true)) {
            assertThatThrownBy(() -> pool.dsl().execute("create table t (a int)"))
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("25006"));
        }
    }

    @Test
    void endsAStatementThatTakesTooLong() {
        try (PostgresPool pool = open(fresh.properties(), "primary", 1, false)) {
            assertThatThrownBy(() -> pool.dsl().execute("select pg_sleep(20)"))
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("57014"));
            assertThat(pool.dsl().fetchValue("select 1")).isEqualTo(1);
        }
    }

    /** Of a node that is stopped in it: what it has locked is for others again. */
    @Test
    void letsNoTransactionRestForEver() {
        try (PostgresPool pool = open(fresh.properties(), "primary", 2, false)) {
            assertThat(pool.dsl().fetchValue("select current_setting('idle_in_transaction_session_timeout')"))
                    .isEqualTo("4s");
            assertThat(pool.dsl().fetchValue("select current_setting('tcp_keepalives_idle')"))
                    .isEqualTo("20");
        }
    }

    @Test
    void rollsBackATransactionThatFails() {
        try (PostgresPool pool = open(fresh.properties(), "primary", 2, false)) {
            pool.dsl().execute("create table rolled_back (a int)");
            assertThatThrownBy(() -> pool.transaction(tx -> {
                        tx.execute("insert into rolled_back values (1)");
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(pool.dsl().fetchValue("select count(*) from rolled_back"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void servesManyMoreThreadsThanItHasConnections() throws ExecutionException, InterruptedException {
        try (PostgresPool pool = open(fresh.properties(), "primary", 4, true);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                answers.add(threads.submit(() -> pool.dsl().fetchValue("select 1 from pg_sleep(0.001)")));
            }
            for (Future<Object> answer : answers) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void failsWithinItsAcquireTimeoutWhenAllConnectionsAreBusy() throws Exception {
        try (PostgresPool pool = open(fresh.properties(), "primary", 1, true)) {
            pool.dsl()
                    .connection(busy -> assertThatThrownBy(() -> pool.dsl().fetchValue("select 1"))
                            .isInstanceOf(DataAccessException.class)
                            .hasMessageContaining("stayed busy"));
            assertThat(pool.dsl().fetchValue("select 1")).isEqualTo(1);
        }
    }

    @Test
    void readsOnceMoreWhenTheReplicaCancelledTheQuery() {
        try (PostgresPool pool = open(fresh.properties(), "primary", 1, true)) {
            AtomicInteger runs = new AtomicInteger();
            // the server itself raises what a hot standby raises; a real conflict takes a vacuum at the right moment
            Object answer = pool.read(dsl -> runs.incrementAndGet() == 1
                    ? dsl.execute(
                            "do $$ begin raise exception 'canceling statement due to conflict with recovery' using errcode = '40001'; end $$")
                    : dsl.fetchValue("select 42"));
            assertThat(answer).isEqualTo(42);
            assertThat(runs).hasValue(2);
            assertThatThrownBy(() -> pool.read(dsl -> dsl.fetchValue("select 1/0 + " + runs.incrementAndGet())))
                    .isInstanceOf(DataAccessException.class);
            assertThat(runs).hasValue(3);
        }
    }

    @Test
    void opensWhileTheServerIsAway() {
        Map<String, String> nowhere = Map.of(
                "veza.postgres.primary.url", "jdbc:postgresql://127.0.0.1:1/veza",
                "veza.postgres.primary.username", "veza",
                "veza.postgres.primary.password", "veza");
        try (PostgresPool pool = open(nowhere, "primary", 1, true)) {
            assertThatThrownBy(() -> pool.dsl().fetchValue("select 1"))
                    .hasRootCauseInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void migratesOnceHoweverOftenItIsAsked() throws SQLException {
        try (PostgresPool pool = open(fresh.properties(), "primary", 4, false)) {
            assertThat(Migrations.run(pool.dataSource(), "app/veza/stores/migrations", "kept"))
                    .isEqualTo(1);
            assertThat(Migrations.run(pool.dataSource(), "app/veza/stores/migrations", "kept"))
                    .isZero();
            assertThat(pool.dsl().fetchValue("select count(*) from kept.kept")).isEqualTo(0L);
        }
    }
}
