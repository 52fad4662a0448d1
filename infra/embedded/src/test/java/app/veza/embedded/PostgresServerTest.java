package app.veza.embedded;

import static app.veza.embedded.Databases.execute;
import static app.veza.embedded.Databases.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresServerTest {

    private PostgresServer primary;

    @BeforeAll
    void start() {
        primary = PostgresServer.start(
                PostgresServerOptions.temporary().withName("primary").withDatabase("veza_analytics"));
    }

    @AfterAll
    void stop() {
        primary.close();
    }

    @Test
    void keepsItsDataOverKillRestartAndClose(@TempDir Path directory) throws Exception {
        var options = PostgresServerOptions.in(directory);
        try (var server = PostgresServer.start(options)) {
            execute(server, "CREATE TABLE t (x int); INSERT INTO t VALUES (1)");
            server.kill();
            server.restart();
            execute(server, "INSERT INTO t VALUES (2)");
        }
        try (var again = PostgresServer.start(options)) {
            assertThat(one(again, "SELECT sum(x) FROM t")).isEqualTo("3");
        }
    }

    @Test
    void isSetUpAsVezaNeedsIt() throws SQLException {
        assertThat(one(primary, "SELECT current_database()")).isEqualTo("veza_analytics");
        assertThat(one(primary, "SHOW server_version")).startsWith("18");
        assertThat(one(primary, "SHOW password_encryption")).isEqualTo("scram-sha-256");
        assertThat(one(primary, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(one(primary, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThat(one(primary, "SELECT datdba::regrole FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("veza");
        // Full-text search and case folding beyond ASCII, whatever the machine's locales
        assertThat(
                        one(
                                primary,
                                "SELECT lower('ÉCOLE') || (to_tsvector('french', 'Les Écoles') @@ to_tsquery('french', 'école'))"))
                .isEqualTo("écoletrue");
    }

    @Test
    void theReplicaFollowsAndIsReadOnly() throws Exception {
        try (var replica =
                PostgresServer.startReplica(PostgresServerOptions.temporary().withName("replica"), primary)) {
            execute(primary, "CREATE TABLE t (x int); INSERT INTO t VALUES (42)");
            awaitReplica(replica, "t", "42");
            assertThatThrownBy(() -> execute(replica, "INSERT INTO t VALUES (1)"))
                    .hasMessageContaining("read-only transaction");

            primary.kill();
            assertThat(one(replica, "SELECT sum(x) FROM t"))
                    .as("serves while the primary is away")
                    .isEqualTo("42");
            primary.restart();
            execute(primary, "INSERT INTO t VALUES (8)");
            awaitReplica(replica, "t", "50");
        }
    }

    @Test
    void aReplicaThatIsDamagedOrGoneIsCopiedAgain(@TempDir Path directory) throws Exception {
        var options = PostgresServerOptions.in(directory).withName("replica").withThrowAway(true);
        execute(primary, "CREATE TABLE damaged AS SELECT 7 AS x");
        PostgresServer.startReplica(options, primary).close();

        Files.delete(directory.resolve("data/global/pg_control"));
        try (var replica = PostgresServer.startReplica(options, primary)) {
            awaitReplica(replica, "damaged", "7");
        }
        Files.writeString(directory.resolve("data/PG_VERSION"), "12");
        try (var replica = PostgresServer.startReplica(options, primary)) {
            awaitReplica(replica, "damaged", "7");
        }
        PrivateFiles.deleteRecursively(directory.resolve("data"));
        try (var replica = PostgresServer.startReplica(options, primary)) {
            awaitReplica(replica, "damaged", "7");
        }
    }

    @Test
    void aReplicaOfAnotherClusterIsCopiedAgain(@TempDir Path directory) throws Exception {
        var options = PostgresServerOptions.in(directory).withName("replica").withThrowAway(true);
        PostgresServer.startReplica(options, primary).close();
        try (var second = PostgresServer.start(PostgresServerOptions.temporary().withName("second"))) {
            execute(second, "CREATE TABLE t (x int); INSERT INTO t VALUES (9)");
            try (var replica = PostgresServer.startReplica(options, second)) {
                awaitReplica(replica, "t", "9");
            }
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(primary.url(), primary.username(), "wrong"))
                .hasMessageContaining("password authentication failed");
    }

    private static void awaitReplica(PostgresServer replica, String table, String sum) {
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(one(replica, "SELECT sum(x) FROM " + table)).isEqualTo(sum));
    }
}
