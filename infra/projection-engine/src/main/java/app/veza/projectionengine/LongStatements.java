package app.veza.projectionengine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** Statements that take as long as there is data, an index or a hash of all of it, on connections whose patience is for others. */
final class LongStatements {
    private static final Duration LIMIT = Duration.ofHours(6);
    /** The database gives up first, and says so. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private LongStatements() {}

    /** @param transaction whose statements may take hours while the work goes on */
    static <T> T run(DSLContext transaction, Supplier<T> work) {
        return run(transaction, LIMIT, work);
    }

    /** @param atMost of each statement */
    static <T> T run(DSLContext transaction, Duration atMost, Supplier<T> work) {
        SqlScript.run(transaction, "set local statement_timeout = " + atMost.toMillis());
        return transaction.connectionResult(connection -> {
            int former = connection.getNetworkTimeout();
            listen(connection, Math.toIntExact(atMost.plus(GRACE).toMillis()));
            try {
                return work.get();
            } finally {
                listen(connection, former);
            }
        });
    }

    /** Twice as long as what was not enough. */
    static Duration longer(Duration former) {
        Duration twice = former.multipliedBy(2);
        return twice.compareTo(LIMIT) < 0 ? twice : LIMIT;
    }

    /** One that is lost has none. */
    private static void listen(Connection connection, int millis) throws SQLException {
        if (!connection.isClosed()) {
            connection.setNetworkTimeout(Runnable::run, millis);
        }
    }
}
