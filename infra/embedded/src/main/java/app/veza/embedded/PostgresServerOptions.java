package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param directory data, configuration and log; null: a temporary one, deleted by close
 * @param port 0: a free one, kept over restarts of this instance
 * @param name in the server's log and cluster name
 * @param database created for, and owned by, {@link PostgresServer#USER}
 * @param throwAway its data need not survive a loss of power (fsync is off); it does survive kill -9
 * @param analysts a role {@code analyst} may read the database's schema {@code view} and do no harm
 */
public record PostgresServerOptions(
        @Nullable Path directory, int port, String name, String database, boolean throwAway, boolean analysts) {

    public static PostgresServerOptions temporary() {
        return new PostgresServerOptions(null, 0, "postgres", "veza", true, false);
    }

    public static PostgresServerOptions in(Path directory) {
        return new PostgresServerOptions(directory, 0, "postgres", "veza", false, false);
    }

    public PostgresServerOptions withPort(int port) {
        return new PostgresServerOptions(directory, port, name, database, throwAway, analysts);
    }

    public PostgresServerOptions withName(String name) {
        return new PostgresServerOptions(directory, port, name, database, throwAway, analysts);
    }

    public PostgresServerOptions withDatabase(String database) {
        return new PostgresServerOptions(directory, port, name, database, throwAway, analysts);
    }

    public PostgresServerOptions withThrowAway(boolean throwAway) {
        return new PostgresServerOptions(directory, port, name, database, throwAway, analysts);
    }

    public PostgresServerOptions withAnalysts() {
        return new PostgresServerOptions(directory, port, name, database, throwAway, true);
    }
}
