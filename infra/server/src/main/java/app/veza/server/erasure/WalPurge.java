package app.veza.server.erasure;

import app.veza.server.erasure.ErasedPlaces.Place;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Ends the present segment of the write-ahead log and has checkpoints made until none up to it is left. That they are removed rather
 * than kept for use again, old content and all, is {@code wal_recycle = off} of the server.
 */
final class WalPurge {

    private static final String LEFT = """
            select count(*) from pg_ls_waldir()
            where name ~ '^[0-9A-F]{24}$' and substr(name, 9) <= substr(?, 9)""";

    private final String server;
    private final Connection connection;

    /** @param server as the certificate names it */
    WalPurge(String server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /** Begins another segment; the name of the last that may hold something of who was erased. */
    static String endSegment(Connection primary) throws SQLException {
        return text(primary, "select pg_walfile_name(pg_switch_wal())");
    }

    Place purge(String segment, Duration atMost) throws SQLException, InterruptedException {
        String name = "write-ahead log (%s)".formatted(server);
        if (!"off".equals(text(connection, "show wal_recycle"))) {
            return new Place(name, false, "set wal_recycle = off, or segments are kept with what stands in them");
        }
        boolean gone = Patience.until(atMost, () -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT");
            }
            return left(segment) == 0;
        });
        return new Place(
                name,
                gone,
                gone
                        ? "no segment up to " + segment + " is left"
                        : "%d segments up to %s are left: a replica or a backup holds them back"
                                .formatted(left(segment), segment));
    }

    private long left(String segment) throws SQLException {
        try (var look = connection.prepareStatement(LEFT)) {
            look.setString(1, segment);
            try (ResultSet row = look.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
