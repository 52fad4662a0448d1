package app.veza.reaction;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What a reaction is to send over its channel, in the primary database: any node may add to it and send from it, none does what another
 * did.
 */
public class Outbox {

    private static final String AT_ONCE = "now";

    /** Rows that one statement changes at most. */
    protected static final int AT_ONCE_MOST = 10_000;

    /** For a channel with an order of its own: {@link #take} finds nothing of it, also on a node with older code, which takes of all channels. */
    protected static final String NEVER = "infinity";

    private final DataSource database;
    private final String reaction;
    private final String channel;
    private final String due;

    /**
     * @param reaction whose it is; it stands in the database
     * @param channel likewise
     */
    public Outbox(DataSource database, String reaction, String channel) {
        this(database, reaction, channel, AT_ONCE);
    }

    /** @param due when {@link #take} first finds what is added, as the database writes it */
    protected Outbox(DataSource database, String reaction, String channel, String due) {
        this.database = database;
        this.reaction = reaction;
        this.channel = channel;
        this.due = due;
    }

    final String reaction() {
        return reaction;
    }

    /** Something to be sent, for a while nobody else's. @param attempts this one included */
    public record Entry(String logId, long position, UUID recipient, int attempts) {}

    /** A place in the log and whom what happened there concerns. */
    public record Addition(long position, UUID recipient) {}

    /**
     * Up to where the log was seen to.
     *
     * @param known an event that was, at the position or before
     * @param chain chain hash of the log with that event; empty: nothing is known
     */
    record Place(long position, long known, byte[] chain) {}

    /** What became of an entry. */
    public enum Settled {
        SENT("sent"),
        NEEDLESS("needless"),
        REFUSED("refused"),
        GIVEN_UP("given-up");

        private final String word;

        Settled(String word) {
            this.word = word;
        }
    }

    /** Up to where the log was seen to; empty when it was never followed, be it the first or one that was restored. */
    Optional<Place> place(String logId) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement read = sql.prepareStatement(
                        "select position, known, chain from reaction.position where reaction = ? and log_id = ?")) {
            read.setString(1, reaction);
            read.setString(2, logId);
            try (ResultSet row = read.executeQuery()) {
                return row.next()
                        ? Optional.of(new Place(row.getLong(1), row.getLong(2), row.getBytes(3)))
                        : Optional.empty();
            }
        }
    }

    /** Such a log is followed from its end on, unless another node does already: nobody is written about what is over. */
    void begin(String logId, long end) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement begin = sql.prepareStatement("""
                        insert into reaction.position (reaction, log_id, position) values (?, ?, ?)
                        on conflict (reaction) do update
                        set log_id = excluded.log_id, position = excluded.position, known = 0, chain = ''
                        where reaction.position.log_id <> excluded.log_id""")) {
            begin.setString(1, reaction);
            begin.setString(2, logId);
            begin.setLong(3, end);
            begin.executeUpdate();
        }
    }

    /**
     * Adds what follows from the events after {@code from}, up to {@code to}; all or, when another node was faster, nothing.
     *
     * @param chain chain hash of the log with the event at {@code to}
     */
    void advance(String logId, long from, long to, byte[] chain, List<Addition> additions) throws SQLException {
        try (Connection connection = database.getConnection()) {
            inTransaction(connection, sql -> advance(sql, logId, from, to, chain, additions));
        }
    }

    private void advance(Connection sql, String logId, long from, long to, byte[] chain, List<Addition> additions)
            throws SQLException {
        try (PreparedStatement advance = sql.prepareStatement("""
                            update reaction.position set position = ?, known = ?, chain = ?
                            where reaction = ? and log_id = ? and position = ?""");
                PreparedStatement add = sql.prepareStatement("""
                            insert into reaction.outbox (log_id, position, channel, recipient, due_at)
                            values (?, ?, ?, ?, ?::timestamptz)""")) {
            advance.setLong(1, to);
            advance.setLong(2, to);
            advance.setBytes(3, chain);
            advance.setString(4, reaction);
            advance.setString(5, logId);
            advance.setLong(6, from);
            if (advance.executeUpdate() == 1) {
                for (Addition addition : additions) {
                    add.setString(1, logId);
                    add.setLong(2, addition.position());
                    add.setString(3, channel);
                    add.setObject(4, addition.recipient());
                    add.setString(5, due);
                    add.addBatch();
                }
                add.executeBatch();
                added(sql, additions);
            }
        }
    }

    /** Statements of one transaction. */
    @FunctionalInterface
    protected interface Work {

        void run(Connection sql) throws SQLException;
    }

    /** All of it or nothing. */
    protected static void inTransaction(Connection sql, Work work) throws SQLException {
        sql.setAutoCommit(false);
        try {
            work.run(sql);
            sql.commit();
        } catch (SQLException | RuntimeException | Error failure) {
            // whatever it was: to go back to single statements commits what was done until then
            sql.rollback();
            sql.setAutoCommit(true);
            throw failure;
        }
        sql.setAutoCommit(true);
    }

    /** What else is to be noted with what was added, in the same transaction. */
    protected void added(Connection sql, List<Addition> additions) throws SQLException {}

    /** The next that is due, taken for so long: who dies meanwhile leaves it to others. */
    public Optional<Entry> take(Duration lease) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement take = sql.prepareStatement("""
                        update reaction.outbox set attempts = attempts + 1, due_at = now() + ? * interval '1 second'
                        where (log_id, position, channel, recipient) = (
                            select log_id, position, channel, recipient from reaction.outbox
                            where channel = ? and outcome is null and due_at <= now()
                            order by due_at limit 1 for update skip locked)
                        returning log_id, position, recipient, attempts""")) {
            take.setLong(1, lease.toSeconds());
            take.setString(2, channel);
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? Optional.of(new Entry(
                                row.getString(1), row.getLong(2), row.getObject(3, UUID.class), row.getInt(4)))
                        : Optional.empty();
            }
        }
    }

    /** For how long what is due to be taken has waited for it, at most. */
    public Duration overdue() throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement read = sql.prepareStatement("""
                        select extract(epoch from now() - min(due_at)) from reaction.outbox
                        where channel = ? and outcome is null and due_at <= now()""")) {
            read.setString(1, channel);
            try (ResultSet row = read.executeQuery()) {
                return row.next() ? Duration.ofMillis((long) (row.getDouble(1) * 1_000)) : Duration.ZERO;
            }
        }
    }

    public void retryIn(Entry entry, Duration pause) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement later = sql.prepareStatement(
                        "update reaction.outbox set due_at = now() + ? * interval '1 second'" + WHERE_IT_IS)) {
            later.setLong(1, pause.toSeconds());
            name(later, 2, entry);
            later.executeUpdate();
        }
    }

    public void settle(Entry entry, Settled settled) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement settle = sql.prepareStatement(
                        "update reaction.outbox set outcome = ?, settled_at = now()" + WHERE_IT_IS)) {
            settle.setString(1, settled.word);
            name(settle, 2, entry);
            settle.executeUpdate();
        }
    }

    /** Nobody asks for ever what became of an entry. */
    void forgetSettled(Duration age) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement forget = sql.prepareStatement("""
                        delete from reaction.outbox where ctid = any (array(
                            select ctid from reaction.outbox
                            where channel = ? and outcome is not null and settled_at < now() - ? * interval '1 second'
                            limit ?))""")) {
            forget.setString(1, channel);
            forget.setLong(2, age.toSeconds());
            forget.setInt(3, AT_ONCE_MOST);
            whileSome(forget);
        }
    }

    /** However many there are, no statement takes long. @param some changes {@value #AT_ONCE_MOST} rows at most */
    protected static void whileSome(PreparedStatement some) throws SQLException {
        while (some.executeUpdate() > 0) {}
    }

    private static final String WHERE_IT_IS = " where log_id = ? and position = ? and channel = ? and recipient = ?";

    private void name(PreparedStatement statement, int first, Entry entry) throws SQLException {
        statement.setString(first, entry.logId());
        statement.setLong(first + 1, entry.position());
        statement.setString(first + 2, channel);
        statement.setObject(first + 3, entry.recipient());
    }
}
