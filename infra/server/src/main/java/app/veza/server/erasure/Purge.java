package app.veza.server.erasure;

import app.veza.eventstore.BackupDamagedException;
import app.veza.eventstore.BackupRefusedException;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.SidecarBackups;
import app.veza.server.erasure.ErasedPlaces.Place;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Physical erasure. Servers leave in their files what was overwritten or deleted: rows of before in pages, keys that were destroyed,
 * all of it once more in logs of theirs. A purge has whatever can hold something personal written anew and the old files removed, while the
 * platform serves, the copy of the keys that lies beside the backups of the log included. The log itself, its backups and indexes hold only
 * what the destroyed key encrypted; the analytics database nothing.
 */
final class Purge {

    /** Only guards against what never comes. */
    private static final Duration LIMIT = Duration.ofHours(6);

    private static final Duration REDIS_LIMIT = Duration.ofMinutes(20);

    /** A node that stands still keeps the others from it no longer: nothing here is silent for so long. */
    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(30);

    private static final Duration WAL_LIMIT = Duration.ofMinutes(2);
    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(10);

    /** Of one purge at a time, on whichever node. */
    private static final long LOCK = 0x5665_7a61_5075_7267L;

    private static final String DENIED = "42501";

    private final EventLog log;
    private final ReadModelPurge readModels;
    private final RedisPurge redis;
    private final SidecarBackups keyBackups;
    private final DataSource primary;
    private final DataSource replica;

    Purge(
            EventLog log,
            ReadModelPurge readModels,
            RedisPurge redis,
            SidecarBackups keyBackups,
            DataSource primary,
            DataSource replica) {
        this.log = log;
        this.readModels = readModels;
        this.redis = redis;
        this.keyBackups = keyBackups;
        this.primary = primary;
        this.replica = replica;
    }

    /**
     * Empty when another node does it just now.
     *
     * @param position whoever was erased up to there is meant
     * @throws SQLException when a database is away: what was done is no harm, and has to be done again
     */
    Optional<Purged> run(long position) throws SQLException, InterruptedException {
        Instant began = Instant.now();
        try (Patient first = Patient.of(primary)) {
            if (!locked(first.sql())) {
                return Optional.empty();
            }
            try {
                List<Place> places = new ArrayList<>();
                places.add(keyBackups());
                places.add(readModels.purge(position, first.sql(), LIMIT));
                places.add(redis.purge(REDIS_LIMIT));
                // Only now: while read models are filled anew it would be silent for too long
                try (Patient second = Patient.of(replica)) {
                    places.addAll(databases(first.sql(), second.sql()));
                }
                return Optional.of(new Purged(log.logId(), position, began, Instant.now(), places));
            } finally {
                execute(first.sql(), "select pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    private Place keyBackups() {
        String name = "backup of the keys (object storage)";
        try {
            return new Place(
                    name,
                    true,
                    keyBackups.renew() == 0 ? "none is there" : "stored anew without them, older copies removed");
        } catch (IOException | BackupRefusedException | BackupDamagedException away) {
            return new Place(name, false, String.valueOf(away.getMessage()));
        }
    }

    private static List<Place> databases(Connection primary, Connection replica)
            throws SQLException, InterruptedException {
        try {
            List<Place> places = new ArrayList<>();
            // Small rows, so this is short; its readers wait for it. In the statistics stand frequent values of
            // columns.
            execute(primary, "vacuum (full) personal.subject_key");
            execute(primary, "vacuum (full) pg_catalog.pg_statistic");
            places.add(new Place("files of the keys (PostgreSQL primary)", true, "written anew"));
            String segment = WalPurge.endSegment(primary);
            places.add(new WalPurge("PostgreSQL primary", primary).purge(segment, WAL_LIMIT));
            places.add(new WalPurge("PostgreSQL replica", replica).purge(segment, WAL_LIMIT));
            return places;
        } catch (SQLException refused) {
            if (DENIED.equals(refused.getSQLState())) {
                return List.of(new Place("files of PostgreSQL", false, "not allowed: " + refused.getMessage()));
            }
            throw refused;
        }
    }

    /** A connection of a pool, on which statements take as long as they take, but wait little for locks, for others wait behind them. */
    private record Patient(Connection sql) implements AutoCloseable {

        static Patient of(DataSource source) throws SQLException {
            var patient = new Patient(source.getConnection());
            patient.sql.setNetworkTimeout(Runnable::run, Math.toIntExact(STATEMENT_LIMIT.toMillis()));
            execute(patient.sql, "set statement_timeout = " + STATEMENT_LIMIT.toMillis());
            execute(patient.sql, "set lock_timeout = '10s'");
            execute(patient.sql, "set idle_session_timeout = " + SILENCE_LIMIT.toMillis());
            return patient;
        }

        @Override
        public void close() throws SQLException {
            try (sql) {
                execute(sql, "reset statement_timeout");
                execute(sql, "reset lock_timeout");
                execute(sql, "reset idle_session_timeout");
            }
        }
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
