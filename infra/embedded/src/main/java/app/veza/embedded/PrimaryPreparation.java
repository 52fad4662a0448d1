package app.veza.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cluster of its own: made by initdb, with its role and its database. */
record PrimaryPreparation(PostgresCluster cluster, PostgresBinaries binaries, Credentials credentials)
        implements PostgresPreparation {

    private static final Duration ORPHANS_END = Duration.ofMillis(500);

    @Override
    public void beforeStart() {
        if (Files.notExists(cluster.data())) {
            initialize();
        }
        PostgresConfiguration.write(cluster, "");
        credentials.own(cluster.directory());
    }

    /** Into a directory beside, which gets its name when all is done: an interrupted initdb leaves nothing that looks whole. */
    private void initialize() {
        Path fresh = cluster.directory().resolve("data.new");
        PrivateFiles.deleteRecursively(fresh);
        PrivateFiles.directory(fresh);
        Path passwordFile = cluster.directory().resolve("superuser.password");
        PrivateFiles.write(passwordFile, cluster.secrets().superuser() + "\n");
        credentials.own(cluster.directory());
        var command = new ArrayList<>(credentials.before());
        // The built-in provider needs no locale of the machine and orders by code point, the same everywhere
        command.addAll(List.of(
                binaries.program("initdb"),
                "--pgdata=" + fresh,
                "--username=" + PostgresCluster.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        if (cluster.throwAway()) {
            command.add("--no-sync");
        }
        var outcome = Tools.run(command, Map.of("LC_ALL", "C"));
        if (!outcome.succeeded()) {
            throw PrivateFiles.fullDisk(cluster.directory(), outcome.output())
                    .orElseGet(() -> new EmbeddedPlatformException("PostgreSQL cannot create its data in %s: %s"
                            .formatted(cluster.directory(), outcome.output())));
        }
        try {
            Files.delete(passwordFile);
            Files.move(fresh, cluster.data());
        } catch (IOException e) {
            throw PrivateFiles.unwritable(cluster.directory(), e);
        }
    }

    @Override
    public void afterStart() {
        try (Connection connection = cluster.superuser("postgres")) {
            role(connection, PostgresCluster.USER, "LOGIN", cluster.secrets().user());
            role(
                    connection,
                    PostgresCluster.REPLICATOR,
                    "LOGIN REPLICATION",
                    cluster.secrets().replicator());
            try (var statement = connection.createStatement()) {
                statement.execute("GRANT pg_checkpoint, pg_monitor TO " + PostgresCluster.USER);
            }
            // New databases are copies of it
            admitToPurge("template1");
            createDatabase(connection, cluster.database());
            admitToPurge(cluster.database());
            if (cluster.analysts()) {
                AnalystRole.create(connection, cluster.secrets().analyst());
                try (Connection database = cluster.superuser(cluster.database())) {
                    AnalystRole.admit(database, PostgresCluster.USER);
                }
            }
        } catch (SQLException e) {
            throw cluster.failed("creating its role and database", e);
        }
    }

    /** With a checkpoint it is what ends the life of what stood in the write-ahead log. */
    private void admitToPurge(String database) throws SQLException {
        try (Connection connection = cluster.superuser(database);
                var statement = connection.createStatement()) {
            statement.execute("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO " + PostgresCluster.USER);
        }
    }

    /**
     * Nothing is thrown away: only its data knows what was acknowledged. But the children of a killed server hold its memory
     * for a moment, in which a new one refuses to start.
     */
    @Override
    public boolean repair() {
        if (Files.notExists(PostgresConfiguration.stateFile(cluster))) {
            return false;
        }
        ServerProcess.pause(ORPHANS_END);
        return true;
    }

    private static void role(Connection connection, String role, String attributes, String password)
            throws SQLException {
        if (exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", role)) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE %s %s PASSWORD '%s'".formatted(role, attributes, password));
        }
    }

    static void createDatabase(Connection connection, String database) throws SQLException {
        if (exists(connection, "SELECT FROM pg_database WHERE datname = ?", database)) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(database, PostgresCluster.USER));
            statement.execute("REVOKE CONNECT, TEMPORARY ON DATABASE %s FROM PUBLIC".formatted(database));
        }
    }

    static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
