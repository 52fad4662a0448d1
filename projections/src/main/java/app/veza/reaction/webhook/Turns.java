package app.veza.reaction.webhook;

import app.veza.reaction.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of webhooks. It is a webhook that is taken, whichever node is first, and then the next thing that waits for it; so each is sent
 * one thing at a time, all have their turns, and one that takes nothing is asked no more often, however much waits for it.
 */
public final class Turns extends Outbox {

    private static final String CHANNEL = "webhook";

    /** When something may be tried again, behind all whose turn it is already; null when nothing waits. */
    private static final String NEXT = """
            (select case when min(retry_at) < now() then now() else min(retry_at) end from reaction.outbox
             where channel = 'webhook' and recipient = reaction.webhook.webhook_id and outcome is null)""";

    private final DataSource database;

    public Turns(DataSource database) {
        super(database, CHANNEL, CHANNEL, NEVER);
        this.database = database;
    }

    /** A webhook's, and what it is to be sent. @param failures one after the other, before this */
    record Turn(Entry entry, int failures) {

        UUID webhookId() {
            return entry.recipient();
        }
    }

    /** How a webhook answered last. @param answer a status, or why there was none */
    public record Last(Instant at, String answer) {}

    @Override
    protected void added(Connection sql, List<Addition> additions) throws SQLException {
        Set<UUID> webhooks = additions.stream().map(Addition::recipient).collect(Collectors.toSet());
        try (PreparedStatement due = sql.prepareStatement("""
                insert into reaction.webhook (webhook_id, due_at) values (?, now())
                on conflict (webhook_id) do update set due_at = excluded.due_at where reaction.webhook.due_at is null""")) {
            for (UUID webhook : webhooks.stream().sorted().toList()) {
                due.setObject(1, webhook);
                due.addBatch();
            }
            due.executeBatch();
        }
    }

    /** The next that is due, for so long nobody else's: who dies meanwhile leaves it to others. */
    Optional<Turn> takeTurn(Duration lease) throws SQLException {
        while (true) {
            try (Connection sql = database.getConnection()) {
                Optional<Turned> turned = turned(sql, lease);
                if (turned.isEmpty()) {
                    return Optional.empty();
                }
                Optional<Entry> entry = entry(sql, turned.get().webhookId(), lease);
                if (entry.isPresent()) {
                    return Optional.of(new Turn(entry.get(), turned.get().failures()));
                }
                goOn(sql, turned.get().webhookId());
            }
        }
    }

    private record Turned(UUID webhookId, int failures) {}

    private static Optional<Turned> turned(Connection sql, Duration lease) throws SQLException {
        try (PreparedStatement take = sql.prepareStatement("""
                update reaction.webhook set due_at = now() + ? * interval '1 second'
                where webhook_id = (
                    select webhook_id from reaction.webhook where due_at <= now()
                    order by due_at limit 1 for update skip locked)
                returning webhook_id, failures""")) {
            take.setLong(1, lease.toSeconds());
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? Optional.of(new Turned(row.getObject(1, UUID.class), row.getInt(2)))
                        : Optional.empty();
            }
        }
    }

    /** Of this entry, too, for so long: the webhook may be due for another again before this one was answered. */
    private static Optional<Entry> entry(Connection sql, UUID webhookId, Duration lease) throws SQLException {
        try (PreparedStatement take = sql.prepareStatement("""
                update reaction.outbox set attempts = attempts + 1, retry_at = now() + ? * interval '1 second'
                where (log_id, position, channel, recipient) = (
                    select log_id, position, channel, recipient from reaction.outbox
                    where channel = 'webhook' and recipient = ? and outcome is null and retry_at <= now()
                    order by retry_at, position limit 1)
                returning log_id, position, attempts""")) {
            take.setLong(1, lease.toSeconds());
            take.setObject(2, webhookId);
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? Optional.of(new Entry(row.getString(1), row.getLong(2), webhookId, row.getInt(3)))
                        : Optional.empty();
            }
        }
    }

    /** There is nothing to send, or not any more. */
    void needless(Turn turn) throws SQLException {
        settle(turn.entry(), Settled.NEEDLESS);
        try (Connection sql = database.getConnection()) {
            goOn(sql, turn.webhookId());
        }
    }

    void taken(Turn turn, String answer) throws SQLException {
        settle(turn.entry(), Settled.SENT);
        answered(turn.webhookId(), 0, answer);
        try (Connection sql = database.getConnection()) {
            goOn(sql, turn.webhookId());
        }
    }

    /**
     * @param retry when this may be tried again; null: never
     * @param rest how long the webhook is sent nothing else either
     */
    void failed(Turn turn, String answer, @Nullable Duration retry, Duration rest) throws SQLException {
        if (retry == null) {
            settle(turn.entry(), Settled.GIVEN_UP);
        } else {
            try (Connection sql = database.getConnection();
                    PreparedStatement later = sql.prepareStatement("""
                            update reaction.outbox set retry_at = now() + ? * interval '1 millisecond'
                            where log_id = ? and position = ? and channel = 'webhook' and recipient = ?""")) {
                later.setLong(1, retry.toMillis());
                later.setString(2, turn.entry().logId());
                later.setLong(3, turn.entry().position());
                later.setObject(4, turn.webhookId());
                later.executeUpdate();
            }
        }
        answered(turn.webhookId(), turn.failures() + 1, answer);
        try (Connection sql = database.getConnection();
                PreparedStatement later = sql.prepareStatement(
                        "update reaction.webhook set due_at = now() + ? * interval '1 millisecond' where webhook_id = ?")) {
            later.setLong(1, rest.toMillis());
            later.setObject(2, turn.webhookId());
            later.executeUpdate();
        }
    }

    private void answered(UUID webhookId, int failures, String answer) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement note = sql.prepareStatement(
                        "update reaction.webhook set failures = ?, tried_at = now(), answer = ? where webhook_id = ?")) {
            note.setInt(1, failures);
            note.setString(2, answer);
            note.setObject(3, webhookId);
            note.executeUpdate();
        }
    }

    /** Nothing of what waits is sent any more. */
    void drop(UUID webhookId) throws SQLException {
        dropBefore(webhookId, Long.MAX_VALUE);
    }

    /** Nothing of what happened before that position; what came since may have been noted already, by another node. */
    void dropBefore(UUID webhookId, long position) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement settle = sql.prepareStatement("""
                        update reaction.outbox set outcome = 'needless', settled_at = now() where ctid = any (array(
                            select ctid from reaction.outbox
                            where channel = 'webhook' and recipient = ? and position < ? and outcome is null
                            limit ?)) and outcome is null""");
                PreparedStatement reset =
                        sql.prepareStatement("update reaction.webhook set failures = 0 where webhook_id = ?")) {
            settle.setObject(1, webhookId);
            settle.setLong(2, position);
            settle.setInt(3, AT_ONCE_MOST);
            whileSome(settle);
            reset.setObject(1, webhookId);
            reset.executeUpdate();
            goOn(sql, webhookId);
        }
    }

    /** It need not rest any longer: somebody says that it takes things again. One that is being sent something goes on as it is. */
    void wake(UUID webhookId, Duration lease) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement wake = sql.prepareStatement("""
                        update reaction.webhook set due_at = now(), failures = 0
                        where webhook_id = ? and due_at > now() + ? * interval '1 second'""");
                PreparedStatement retry = sql.prepareStatement("""
                        update reaction.outbox set retry_at = now()
                        where channel = 'webhook' and recipient = ? and outcome is null and retry_at > now()""")) {
            wake.setObject(1, webhookId);
            wake.setLong(2, lease.toSeconds());
            if (wake.executeUpdate() == 1) {
                retry.setObject(1, webhookId);
                retry.executeUpdate();
            }
        }
    }

    /**
     * Due again as soon as something may be tried. The row is locked before what waits is looked for: what is added meanwhile waits for the
     * lock and finds that nothing is due, or is found.
     */
    private static void goOn(Connection connection, UUID webhookId) throws SQLException {
        inTransaction(connection, sql -> dueAgain(sql, webhookId));
    }

    private static void dueAgain(Connection sql, UUID webhookId) throws SQLException {
        try (PreparedStatement lock =
                        sql.prepareStatement("select 1 from reaction.webhook where webhook_id = ? for update");
                PreparedStatement next = sql.prepareStatement(
                        "update reaction.webhook set due_at = " + NEXT + " where webhook_id = ?")) {
            lock.setObject(1, webhookId);
            lock.executeQuery().close();
            next.setObject(1, webhookId);
            next.executeUpdate();
        }
    }

    /** How they answered last, of those that were ever sent anything. */
    public Map<UUID, Last> last(Set<UUID> webhooks) throws SQLException {
        Map<UUID, Last> found = new HashMap<>();
        try (Connection sql = database.getConnection();
                PreparedStatement read = sql.prepareStatement("""
                        select webhook_id, tried_at, answer from reaction.webhook
                        where webhook_id = any (?) and tried_at is not null""")) {
            read.setArray(1, sql.createArrayOf("uuid", webhooks.toArray()));
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getObject(1, UUID.class),
                            new Last(row.getTimestamp(2).toInstant(), row.getString(3)));
                }
            }
        }
        return found;
    }

    /** For whom more waits than that. */
    List<UUID> overwhelmed(int most) throws SQLException {
        List<UUID> found = new ArrayList<>();
        try (Connection sql = database.getConnection();
                PreparedStatement read = sql.prepareStatement("""
                        select recipient from reaction.outbox where channel = 'webhook' and outcome is null
                        group by recipient having count(*) > ?""")) {
            read.setInt(1, most);
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    found.add(row.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }

    /** How long the oldest of what waits does. */
    public Duration oldest() throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement read = sql.prepareStatement("""
                        select extract(epoch from now() - min(added_at)) from reaction.outbox
                        where channel = 'webhook' and outcome is null""");
                ResultSet row = read.executeQuery()) {
            return row.next() ? Duration.ofMillis((long) (row.getDouble(1) * 1_000)) : Duration.ZERO;
        }
    }
}
