package app.veza.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** SQL in one line, for tests. */
final class Databases {

    private Databases() {}

    static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.url(), server.username(), server.password());
    }

    /** @param prefix as in {@code veza.postgres.primary} */
    static Connection connect(Map<String, String> properties, String prefix) throws SQLException {
        return DriverManager.getConnection(
                properties.get(prefix + ".url"),
                properties.get(prefix + ".username"),
                properties.get(prefix + ".password"));
    }

    static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = connect(server)) {
            execute(connection, sql);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String one(PostgresServer server, String query) throws SQLException {
        try (var connection = connect(server)) {
            return one(connection, query);
        }
    }

    static String one(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
