package app.veza.embedded;

import static app.veza.embedded.Databases.execute;
import static app.veza.embedded.Databases.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** An analyst reads the views and can do no harm, also one who has lifted the bounds that a session may lift. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalystRoleTest {

    private PostgresServer server;
    /** Another connection of Veza's, which analysts may not end. */
    private Connection owner;

    private Connection analyst;
    private Connection free;

    @BeforeAll
    void start(@TempDir Path directory) throws SQLException {
        server = PostgresServer.start(PostgresServerOptions.in(directory)
                .withDatabase("veza_analytics")
                .withThrowAway(true)
                .withAnalysts());
        execute(server, """
                CREATE SCHEMA facts_v1;
                CREATE TABLE facts_v1.message (position bigint, author text);
                INSERT INTO facts_v1.message VALUES (1, 'ada'), (2, 'bob');
                CREATE SEQUENCE facts_v1.numbers;
                CREATE VIEW view.fact_messages AS SELECT position FROM facts_v1.message;
                """);
        begin();
    }

    private void begin() throws SQLException {
        owner = Databases.connect(server);
        analyst = connect();
        free = connect();
        execute(free, "SET statement_timeout = 0");
        execute(free, "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE");
    }

    @AfterAll
    void stop() throws SQLException {
        owner.close();
        analyst.close();
        free.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM view.fact_messages",
                "SELECT count(*) FROM fact_messages",
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2) SELECT max(x) FROM n",
                "SELECT max(rank) FROM (SELECT rank() OVER (ORDER BY position) FROM fact_messages)"
            })
    void readsWhatVezaMadeAfterTheRole(String query) throws SQLException {
        assertThat(one(analyst, query)).isEqualTo("2");
    }

    @Test
    void takesTablesAwayAsCsv() throws Exception {
        var csv = new StringWriter();
        analyst.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT * FROM fact_messages ORDER BY 1) TO STDOUT (FORMAT csv, HEADER)", csv);
        assertThat(csv).hasToString("position\n1\n2\n");
    }

    /** Each by a session as it comes, and by one that has made itself writable and free of time-outs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INSERT INTO view.fact_messages VALUES (3)                     | permission denied for view",
                "UPDATE view.fact_messages SET position = 0                    | permission denied for view",
                "DELETE FROM view.fact_messages                                | permission denied for view",
                "SELECT position FROM fact_messages FOR UPDATE                 | permission denied for view",
                "BEGIN; LOCK TABLE view.fact_messages IN EXCLUSIVE MODE        | permission denied for view",
                "TRUNCATE facts_v1.message                                     | permission denied for schema",
                "SELECT author FROM facts_v1.message                           | permission denied for schema",
                "SELECT nextval('facts_v1.numbers')                            | permission denied for schema",
                "DROP VIEW view.fact_messages                                  | must be owner",
                "CREATE OR REPLACE VIEW view.fact_messages AS SELECT 1 AS x    | permission denied for schema view",
                "CREATE TABLE view.t (x int)                                   | permission denied for schema view",
                "CREATE TABLE public.t (x int)                                 | permission denied for schema public",
                "CREATE TEMPORARY TABLE t (x int)                              | permission denied to create temporary tables",
                "CREATE SCHEMA mine                                            | permission denied for database",
                "CREATE FUNCTION view.f() RETURNS int RETURN 1                 | permission denied for schema view",
                "CREATE EXTENSION dblink                                       | permission denied to create extension",
                "DO $$ BEGIN LOOP END LOOP; END $$                             | permission denied for language",
                "SELECT pg_read_file('/etc/passwd')                            | permission denied for function",
                "SELECT pg_ls_dir('/')                                         | permission denied for function",
                "COPY (SELECT 1) TO PROGRAM 'cat'                              | permission denied to COPY to or from an external program",
                "COPY view.fact_messages FROM '/etc/passwd'                    | permission denied",
                "COPY (SELECT 1) TO '/srv/veza-analyst'                        | permission denied to COPY to a file",
                "SELECT lo_create(0)                                           | permission denied for function",
                "SELECT lo_from_bytea(0, 'x')                                  | permission denied for function",
                "SELECT lo_import('/etc/passwd')                               | permission denied for function",
                "SELECT pg_advisory_lock(g) FROM generate_series(1, 1000000) g | permission denied for function",
                "SELECT pg_try_advisory_xact_lock_shared(1, 2)                 | permission denied for function",
                "SELECT pg_logical_emit_message(true, 'x', 'y')                | permission denied for function",
                "SELECT pg_notify('x', 'y')                                    | permission denied for function",
                "SELECT pg_current_xact_id()                                   | permission denied for function",
                "SELECT dblink_connect('host=127.0.0.1')                       | does not exist",
                "SET ROLE veza                                                 | permission denied to set role",
                "SET SESSION AUTHORIZATION postgres                            | permission denied to set session authorization",
                "ALTER ROLE analyst SUPERUSER                                  | permission denied to alter role",
                "ALTER ROLE analyst CONNECTION LIMIT 1000                      | permission denied to alter role",
                "CREATE ROLE friend LOGIN                                      | permission denied to create role",
                "GRANT veza TO analyst                                         | permission denied to grant role",
                "ALTER DATABASE veza_analytics RENAME TO gone                  | must be owner",
                "ALTER SYSTEM SET fsync = off                                  | permission denied to set parameter",
                "SET temp_file_limit = -1                                      | permission denied to set parameter",
                "SELECT pg_reload_conf()                                       | permission denied for function",
                "SELECT pg_switch_wal()                                        | permission denied for function",
                "CHECKPOINT                                                    | permission denied to execute CHECKPOINT",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'veza' | permission denied to terminate process"
            })
    void doesNoHarm(String harm, String refusal) throws SQLException {
        isRefused(free, harm, refusal);
        isRefused(analyst, harm, refusal + "|read-only transaction");
        assertThat(one(analyst, "SELECT count(*) FROM fact_messages")).isEqualTo("2");
    }

    private static void isRefused(Connection session, String harm, String refusal) throws SQLException {
        try {
            assertThatThrownBy(() -> execute(session, harm))
                    .isInstanceOf(SQLException.class)
                    .hasMessageFindingMatch(refusal);
        } finally {
            execute(session, "ROLLBACK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "default_transaction_read_only, on",
        "statement_timeout, 1min",
        "idle_in_transaction_session_timeout, 1min",
        "lock_timeout, 3s",
        "temp_file_limit, 1GB",
        "search_path, view"
    })
    void beginsWithinBounds(String setting, String value) throws SQLException {
        assertThat(one(analyst, "SHOW " + setting)).isEqualTo(value);
    }

    @Test
    void aLongQueryIsCancelled() throws SQLException {
        try (var impatient = connect()) {
            execute(impatient, "SET statement_timeout = '50ms'");
            assertThatThrownBy(() -> one(impatient, "SELECT count(*) FROM generate_series(1, 100000000000)"))
                    .hasMessageContaining("canceling statement due to statement timeout");
        }
    }

    @Test
    void otherDatabasesOfTheServerAreClosed() {
        for (String database : List.of("postgres", "template1")) {
            assertThatThrownBy(() -> connect(database)).hasMessageContaining("permission denied for database");
        }
    }

    @Test
    void connectionsAreFew() throws SQLException {
        List<Connection> open = new ArrayList<>();
        try {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 6; i++) {
                            open.add(connect("veza_analytics"));
                        }
                    })
                    .hasMessageContaining("too many connections for role \"analyst\"");
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    /** What PostgreSQL grants to every role about itself is put right by the next start. */
    @Test
    void itsOwnPasswordAndDefaultsComeBack() throws SQLException {
        execute(free, "ALTER ROLE analyst SET default_transaction_read_only = off");
        execute(free, "ALTER ROLE analyst PASSWORD 'mine'");
        assertThatThrownBy(this::connect).hasMessageContaining("password authentication failed");

        server.restart();
        begin();
        assertThat(one(analyst, "SHOW default_transaction_read_only")).isEqualTo("on");
    }

    @Test
    void vezaSeesAndEndsAnalystsSessions() throws SQLException {
        try (var session = connect()) {
            String pid = one(session, "SELECT pg_backend_pid()");
            assertThat(one(owner, "SELECT query FROM pg_stat_activity WHERE pid = " + pid))
                    .contains("pg_backend_pid");
            assertThat(one(owner, "SELECT pg_terminate_backend(" + pid + ", 30000)"))
                    .isEqualTo("t");
            assertThatThrownBy(() -> one(session, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(owner, "SET ROLE analyst")).hasMessageContaining("permission denied");
        }
    }

    /** A backend ends a moment after its connection, and counts until then. */
    private Connection connect() throws SQLException {
        await().until(() -> {
            String open = one(server, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'analyst'");
            return Integer.parseInt(open) < 4;
        });
        return connect("veza_analytics");
    }

    private Connection connect(String database) throws SQLException {
        Map<String, String> analyst = server.analystProperties("a");
        return DriverManager.getConnection(server.url(database), analyst.get("a.username"), analyst.get("a.password"));
    }
}
