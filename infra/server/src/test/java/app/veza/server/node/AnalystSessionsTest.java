package app.veza.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.stores.PostgresPool;
import app.veza.stores.StoresConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Analysts who lifted the time-outs of their own sessions. */
class AnalystSessionsTest {

    @Test
    void whatTakesTooLongIsEndedAndNothingElse() throws Exception {
        try (var database = EmbeddedPlatform.shared().freshDatabase();
                var pool = PostgresPool.open(
                        StoresConfig.from(database.properties()).analytics(), new SimpleMeterRegistry());
                Connection patient = analyst(database.properties());
                Connection resting = analyst(database.properties());
                Connection running = analyst(database.properties())) {
            for (Connection session : new Connection[] {patient, resting, running}) {
                execute(session, "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
            }
            execute(resting, "begin; select 1");
            try (var sessions = AnalystSessions.watch(pool, "analyst", Duration.ofSeconds(1))) {
                assertThatThrownBy(() -> execute(running, "select pg_sleep(600)"))
                        .hasMessageContaining("terminating connection due to administrator command");
                await().atMost(Duration.ofSeconds(30)).until(() -> isOver(resting));
                assertThat(isOver(patient)).isFalse();
                assertThat(pool.dsl().fetchValue("select 1")).isEqualTo(1);
            }
        }
    }

    private static Connection analyst(Map<String, String> properties) throws SQLException {
        return DriverManager.getConnection(
                properties.get("veza.postgres.analytics.url"),
                properties.get("veza.postgres.analyst.username"),
                properties.get("veza.postgres.analyst.password"));
    }

    private static boolean isOver(Connection session) {
        try {
            execute(session, "select 1");
            return false;
        } catch (SQLException ended) {
            return true;
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
