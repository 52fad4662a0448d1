package app.veza.reaction.mail;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** What is to be sent, in the primary database: any node may add to it and send from it, none does what another did. */
final class Outbox {

    static final String EMAIL = "email";

    private static final String REACTION = "mail";

    private final DataSource database;

    Outbox(DataSource database) {
        this.database = database;
    }

    /** Something to be sent, for a while nobody else's. @param attempts this one included */
    record Entry(String logId, long position, UUID recipient, int attempts) {}

    /** A place in the log and whom what happened there concerns. */
    record Addition(long position, UUID recipient) {}

    /**
     * Up to where the log was seen to.
     *
     * @param known an event that was, at the position or before
     * @param chain chain hash of the log with that event; empty: nothing is known
     */
    record Place(long position, long known, byte[] chain) {}

    enum Settled {
        SENT("sent"),
        NEEDLESS("needless"),
        REFUSED("refused"),
        GIVEN_UP("given-up");

        private final String word;

        Settled(String word) {
            this.word = word;
        }
    }

    /**
     * Up to where the log was seen to. In a log that was never followed, be it the first or one that was restored, that is its
     * end: nobody is written about what is over.
     */
    Place place(String logId, long end) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement begin = sql.prepareStatement("""
                        insert into reaction.position (reaction, log_id, position) values (?, ?, ?)
                        on conflict (reaction) do update
                        set log_id = excluded.log_id, position = excluded.position, known = 0, chain = ''
                        where reaction.position.log_id <> excluded.log_id""");
                PreparedStatement read = sql.prepareStatement(
                        "select position, known, chain from reaction.position where reaction = ?")) {
            begin.setString(1, REACTION);
            begin.setString(2, logId);
            begin.setLong(3, end);
            begin.executeUpdate();
            read.setString(1, REACTION);
            try (ResultSet row = read.executeQuery()) {
                row.next();
                return new Place(row.getLong(1), row.getLong(2), row.getBytes(3));
            }
        }
    }

    /**
     * Adds what follows from the events after {@code from}, up to {@code to}; all or, when another node was faster, nothing.
     *
     * @param chain chain hash of the log with the event at {@code to}
     */
    void advance(String logId, long from, long to, byte[] chain, List<Addition> additions) throws SQLException {
        try (Connection sql = database.getConnection()) {
            sql.setAutoCommit(false);
            try (PreparedStatement advance = sql.prepareStatement("""
                            update reaction.position set position = ?, known = ?, chain = ?
                            where reaction = ? and log_id = ? and position = ?""");
                    PreparedStatement add = sql.prepareStatement(
                            "insert into reaction.outbox (log_id, position, channel, recipient) values (?, ?, ?, ?)")) {
                advance.setLong(1, to);
                advance.setLong(2, to);
                advance.setBytes(3, chain);
                advance.setString(4, REACTION);
                advance.setString(5, logId);
                advance.setLong(6, from);
                if (advance.executeUpdate() == 1) {
                    for (Addition addition : additions) {
                        add.setString(1, logId);
                        add.setLong(2, addition.position());
                        add.setString(3, EMAIL);
                        add.setObject(4, addition.recipient());
                        add.addBatch();
                    }
                    add.executeBatch();
                }
                sql.commit();
            } catch (SQLException failure) {
                sql.rollback();
                throw failure;
            } finally {
                sql.setAutoCommit(true);
            }
        }
    }

    /** The next that is due, taken for so long: who dies meanwhile leaves it to others. */
    Optional<Entry> take(Duration lease) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement take = sql.prepareStatement("""
                        update reaction.outbox set attempts = attempts + 1, due_at = now() + ? * interval '1 second'
                        where (log_id, position, channel, recipient) = (
                            select log_id, position, channel, recipient from reaction.outbox
                            where outcome is null and due_at <= now()
                            order by due_at limit 1 for update skip locked)
                        returning log_id, position, recipient, attempts""")) {
            take.setLong(1, lease.toSeconds());
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? Optional.of(new Entry(
                                row.getString(1), row.getLong(2), row.getObject(3, UUID.class), row.getInt(4)))
                        : Optional.empty();
            }
        }
    }

    void retryIn(Entry entry, Duration pause) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement later = sql.prepareStatement(
                        "update reaction.outbox set due_at = now() + ? * interval '1 second'" + WHERE_IT_IS)) {
            later.setLong(1, pause.toSeconds());
            name(later, 2, entry);
            later.executeUpdate();
        }
    }

    void settle(Entry entry, Settled settled) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement settle = sql.prepareStatement(
                        "update reaction.outbox set outcome = ?, settled_at = now()" + WHERE_IT_IS)) {
            settle.setString(1, settled.word);
            name(settle, 2, entry);
            settle.executeUpdate();
        }
    }

    /** Nobody asks after a month what became of a mail. */
    void forgetSettled(Duration age) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement forget = sql.prepareStatement(
                        "delete from reaction.outbox where outcome is not null and settled_at < now() - ? * interval '1 second'")) {
            forget.setLong(1, age.toSeconds());
            forget.executeUpdate();
        }
    }

    private static final String WHERE_IT_IS = " where log_id = ? and position = ? and channel = ? and recipient = ?";

    private static void name(PreparedStatement statement, int first, Entry entry) throws SQLException {
        statement.setString(first, entry.logId());
        statement.setLong(first + 1, entry.position());
        statement.setString(first + 2, EMAIL);
        statement.setObject(first + 3, entry.recipient());
    }
}
