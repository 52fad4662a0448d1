package app.veza.server.problem;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jooq.exception.DataAccessException;

/** Failures of databases that say that they are away, full, shutting down or too slow: the same question may be answered later. */
final class Outages {

    /** Of SQLSTATEs: connections, resources, intervention (statement timeouts among them), errors of the system. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    private Outages() {}

    static boolean isOutage(DataAccessException failure) {
        SQLException cause = failure.getCause(SQLException.class);
        return cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || cause != null
                        && cause.getSQLState() != null
                        && CLASSES.contains(cause.getSQLState().substring(0, 2));
    }

    /** What Redis answers to a command that it does not take is none. */
    static boolean isOutage(RedisException failure) {
        return !(failure instanceof RedisCommandExecutionException);
    }
}
