package app.veza.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static ReactionDatabase database;

    @BeforeAll
    static void open() {
        database = new ReactionDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void forgetTheOthers() throws SQLException {
        database.empty();
    }

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
}
