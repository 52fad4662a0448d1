package app.veza.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/** Who reads the analytics database in SQL, by the same scripts that operators of their own servers run. */
final class AnalystRole {

    static final String NAME = "analyst";

    private AnalystRole() {}

    /** Makes the role of a cluster, or brings back its password and bounds. */
    static void create(Connection superuser, String password) throws SQLException {
        run(superuser, script("role.sql").replace(":'password'", "'" + password + "'"));
    }

    /** Lets the role read what its owner puts into the schema {@code view} of the database that is connected to. */
    static void admit(Connection superuser, String owner) throws SQLException {
        run(
                superuser,
                script("database.sql")
                        .replace(":\"DBNAME\"", "\"" + superuser.getCatalog() + "\"")
                        .replace(":\"owner\"", "\"" + owner + "\"")
                        .replace(":'owner'", "'" + owner + "'"));
    }

    private static void run(Connection superuser, String script) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute(script);
        }
    }

    private static String script(String name) {
        try (var in = AnalystRole.class.getResourceAsStream("analyst/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The jar has no analyst/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
