package app.veza.eventstore.personal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Wrapped keys and tombstones in PostgreSQL. Every failure of the database is a {@link KeysUnavailableException}. */
final class KeyTable {

    /** Of this table's own among the database's advisory locks. */
    private static final long LOCKS = 0x7665_7a61_6b65_7973L;

    private static final String LOAD = """
            SELECT subject, version, wrapped_key, master_key_id FROM personal.subject_key WHERE subject = ANY (?)
            UNION ALL SELECT subject, 0, NULL, NULL FROM personal.erased WHERE subject = ANY (?)""";
    private static final String ADD = """
            INSERT INTO personal.subject_key (subject, version, wrapped_key, master_key_id)
            SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT FROM personal.erased WHERE subject = ?)
            ON CONFLICT DO NOTHING""";
    /** Of whom there is none yet. */
    private static final String ADD_FIRST = """
            INSERT INTO personal.subject_key (subject, version, wrapped_key, master_key_id)
            SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT FROM (
                SELECT subject FROM personal.erased UNION ALL SELECT subject FROM personal.subject_key) known WHERE subject = ?)""";

    private static final String BURY = """
            INSERT INTO personal.erased AS known (subject, position) VALUES (?, ?)
            ON CONFLICT (subject) DO UPDATE SET position = coalesce(known.position, excluded.position)""";

    private final DataSource database;

    /** Creates the tables that are missing; several nodes may do so at a time. */
    KeyTable(DataSource database) {
        this.database = database;
        transaction(connection -> {
            lock(connection, "schema");
            try (Statement statement = connection.createStatement()) {
                return statement.execute(ddl());
            }
        });
    }

    record WrappedKey(String subject, int version, byte[] bytes, String masterKeyId) {}

    /** @param keys of a subject who is not erased, at least one */
    record Loaded(Map<String, List<WrappedKey>> keys, Set<String> erased) {}

    /** Subjects of whom nothing is known are in neither part. */
    Loaded load(Collection<String> subjects) {
        return statement(LOAD, statement -> {
            Object[] names = subjects.toArray();
            statement.setArray(1, statement.getConnection().createArrayOf("text", names));
            statement.setArray(2, statement.getConnection().createArrayOf("text", names));
            Map<String, List<WrappedKey>> keys = new HashMap<>();
            Set<String> erased = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getInt("version") == 0) {
                        erased.add(rows.getString("subject"));
                    } else {
                        keys.computeIfAbsent(rows.getString("subject"), subject -> new ArrayList<>())
                                .add(wrapped(rows));
                    }
                }
            }
            keys.keySet().removeAll(erased);
            return new Loaded(keys, erased);
        });
    }

    /** Does nothing when the version is there already or the subject is erased: look at what is there afterwards. */
    void add(WrappedKey key) {
        add(key, ADD);
    }

    /** Does nothing when the subject has a key already or is erased: look at what is there afterwards. */
    void addFirst(WrappedKey key) {
        add(key, ADD_FIRST);
    }

    private void add(WrappedKey key, String sql) {
        transaction(connection -> {
            // Committed only when it is durable, whatever the database's default: an event that nobody can read must
            // not be stored
            execute(connection, "SET LOCAL synchronous_commit = on");
            // Else a key could slip in while the tombstone is being written
            lock(connection, key.subject());
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, key.subject());
                statement.setInt(2, key.version());
                statement.setBytes(3, key.bytes());
                statement.setString(4, key.masterKeyId());
                statement.setString(5, key.subject());
                return statement.executeUpdate();
            }
        });
    }

    /**
     * Replaces the keys by a tombstone, for ever.
     *
     * @param position of the erasure in the log; null when it is not known
     * @return whether there was anything left to do
     */
    boolean erase(String subject, @Nullable Long position) {
        return transaction(connection -> {
            execute(connection, "SET LOCAL synchronous_commit = on");
            lock(connection, subject);
            int changed;
            try (PreparedStatement known = connection.prepareStatement(
                    "SELECT FROM personal.erased WHERE subject = ? AND (position IS NOT NULL OR ?)")) {
                known.setString(1, subject);
                known.setBoolean(2, position == null);
                try (ResultSet row = known.executeQuery()) {
                    changed = row.next() ? 0 : 1;
                }
            }
            if (changed > 0) {
                try (PreparedStatement bury = connection.prepareStatement(BURY)) {
                    bury.setString(1, subject);
                    bury.setObject(2, position, Types.BIGINT);
                    bury.executeUpdate();
                }
            }
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM personal.subject_key WHERE subject = ?")) {
                delete.setString(1, subject);
                return changed + delete.executeUpdate() > 0;
            }
        });
    }

    /** Some of the keys that come behind a subject's version in a fixed order, none when there are no more. */
    List<WrappedKey> behind(String subject, int version, int atMost) {
        return statement(
                "SELECT subject, version, wrapped_key, master_key_id FROM personal.subject_key"
                        + " WHERE (subject, version) > (?, ?) ORDER BY subject, version LIMIT ?",
                statement -> {
                    statement.setString(1, subject);
                    statement.setInt(2, version);
                    statement.setInt(3, atMost);
                    List<WrappedKey> keys = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            keys.add(wrapped(rows));
                        }
                    }
                    return keys;
                });
    }

    /** Like {@link #add}, many in one transaction, during which nobody can be erased. */
    void addAll(List<WrappedKey> keys) {
        transaction(connection -> {
            execute(connection, "SET LOCAL synchronous_commit = on");
            execute(connection, "LOCK TABLE personal.erased IN SHARE MODE");
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                for (WrappedKey key : keys) {
                    statement.setString(1, key.subject());
                    statement.setInt(2, key.version());
                    statement.setBytes(3, key.bytes());
                    statement.setString(4, key.masterKeyId());
                    statement.setString(5, key.subject());
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    /** Everybody who was erased; who still has a key, as in a restored table, is not among them. */
    Set<String> buried() {
        return subjects("SELECT subject FROM personal.erased EXCEPT SELECT subject FROM personal.subject_key");
    }

    /** Everybody with a tombstone. */
    Set<String> tombstones() {
        return subjects("SELECT subject FROM personal.erased");
    }

    private Set<String> subjects(String query) {
        return statement(query, statement -> {
            Set<String> subjects = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    subjects.add(rows.getString(1));
                }
            }
            return subjects;
        });
    }

    /** Some of the keys that another master key than this one wrapped, none when there are no more. */
    List<WrappedKey> wrappedByOthers(String masterKeyId, int atMost) {
        return statement(
                "SELECT subject, version, wrapped_key, master_key_id FROM personal.subject_key WHERE master_key_id <> ? LIMIT ?",
                statement -> {
                    statement.setString(1, masterKeyId);
                    statement.setInt(2, atMost);
                    List<WrappedKey> keys = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            keys.add(wrapped(rows));
                        }
                    }
                    return keys;
                });
    }

    /** Each as a whole or not at all; a key that was deleted or wrapped again meanwhile is left as it is. */
    int replace(List<WrappedKey> old, List<WrappedKey> fresh) {
        return transaction(connection -> {
            execute(connection, "SET LOCAL synchronous_commit = on");
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE personal.subject_key SET wrapped_key = ?, master_key_id = ?"
                            + " WHERE subject = ? AND version = ? AND master_key_id = ?")) {
                for (int i = 0; i < old.size(); i++) {
                    update.setBytes(1, fresh.get(i).bytes());
                    update.setString(2, fresh.get(i).masterKeyId());
                    update.setString(3, old.get(i).subject());
                    update.setInt(4, old.get(i).version());
                    update.setString(5, old.get(i).masterKeyId());
                    update.addBatch();
                }
                int changed = 0;
                for (int count : update.executeBatch()) {
                    changed += Math.max(count, 0);
                }
                return changed;
            }
        });
    }

    /** Number of keys by the id of the master key that wrapped them. */
    Map<String, Long> countByMasterKey() {
        return statement(
                "SELECT master_key_id, count(*) FROM personal.subject_key GROUP BY 1 ORDER BY 1", statement -> {
                    Map<String, Long> counts = new HashMap<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            counts.put(rows.getString(1), rows.getLong(2));
                        }
                    }
                    return counts;
                });
    }

    long countSubjects() {
        return count("SELECT count(DISTINCT subject) FROM personal.subject_key");
    }

    long countErased() {
        return count("SELECT count(*) FROM personal.erased");
    }

    private long count(String query) {
        return statement(query, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static WrappedKey wrapped(ResultSet row) throws SQLException {
        return new WrappedKey(
                row.getString("subject"),
                row.getInt("version"),
                row.getBytes("wrapped_key"),
                row.getString("master_key_id"));
    }

    /** Until the transaction ends. Two subjects of one hash only wait for each other. */
    private static void lock(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, ?))")) {
            statement.setString(1, name);
            statement.setLong(2, LOCKS);
            statement.execute();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Work<C, T> {
        T run(C with) throws SQLException;
    }

    private <T> T statement(String sql, Work<PreparedStatement, T> work) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.run(statement);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private <T> T transaction(Work<Connection, T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static KeysUnavailableException unavailable(SQLException cause) {
        return new KeysUnavailableException(
                "The keys of personal data cannot be read or written in their database: " + cause.getMessage(), cause);
    }

    private static String ddl() {
        try (InputStream resource = KeyTable.class.getResourceAsStream("keys.sql")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
