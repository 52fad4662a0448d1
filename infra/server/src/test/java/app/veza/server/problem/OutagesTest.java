package app.veza.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutagesTest {

    private static DataAccessException failed(SQLException cause) {
        return new DataAccessException("select", cause);
    }

    @ParameterizedTest
    @CsvSource({
        "08006, true", // the connection is lost
        "53300, true", // too many connections
        "57014, true", // statement timeout
        "57P01, true", // shutting down
        "42P01, false", // no such table
        "22P02, false" // not a number
    })
    void aDatabaseIsAwayOrRefuses(String state, boolean isOutage) {
        assertThat(Outages.isOutage(failed(new SQLException("reason", state)))).isEqualTo(isOutage);
    }

    @Test
    void aPoolWithoutAConnectionIsAnOutage() {
        assertThat(Outages.isOutage(failed(new SQLTransientConnectionException("timed out"))))
                .isTrue();
        assertThat(Outages.isOutage(new DataAccessException("without a cause"))).isFalse();
        assertThat(Outages.isOutage(failed(new SQLException("without a state"))))
                .isFalse();
    }

    @Test
    void redisIsAwayUnlessItAnswers() {
        assertThat(Outages.isOutage(new RedisCommandTimeoutException("timed out")))
                .isTrue();
        assertThat(Outages.isOutage(new RedisException("Currently not connected. Commands are rejected.")))
                .isTrue();
        assertThat(Outages.isOutage(new RedisCommandExecutionException("ERR unknown command")))
                .isFalse();
    }
}
