package app.veza.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxTest {

    @RegisterExtension
    private static final ReactionDatabase database = new ReactionDatabase();

    /** Half of it would be noted, and its other half never sent. */
    @Test
    void ofATransactionThatFailsInWhateverWayNothingStays() throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            assertThatThrownBy(() -> Outbox.inTransaction(connection, sql -> {
                        try (Statement half = sql.createStatement()) {
                            half.execute(
                                    "insert into reaction.position (reaction, log_id, position) values ('a', 'b', 1)");
                        }
                        throw new IllegalStateException("not one of the database's");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(connection.getAutoCommit()).isTrue();
        }
        assertThat(database.rows("select reaction from reaction.position")).isEmpty();
    }

    @Test
    void tellsHowLongWhatIsDueHasWaited() throws SQLException {
        Outbox outbox = new Outbox(database.source(), "test", "test");
        assertThat(outbox.overdue()).isZero();
        outbox.begin("log", 0);
        outbox.advance("log", 0, 1, new byte[] {1}, List.of(new Outbox.Addition(1, UUID.randomUUID())));
        database.run("update reaction.outbox set due_at = now() - interval '20 minutes'");
        assertThat(outbox.overdue()).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(21));
        assertThat(new Outbox(database.source(), "other", "other").overdue()).isZero();
        outbox.take(Duration.ofMinutes(1));
        assertThat(outbox.overdue()).isZero();
    }
}
