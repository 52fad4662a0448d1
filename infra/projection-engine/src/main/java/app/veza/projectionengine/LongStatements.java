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
    private static final Duration SILENCE = LIMIT.plusMinutes(1);

    private LongStatements() {}

    /** @param transaction whose statements may take hours while the work goes on */
    static <T> T run(DSLContext transaction, Supplier<T> work) {
        SqlScript.run(transaction, "set local statement_timeout = " + LIMIT.toMillis());
        return transaction.connectionResult(connection -> {
            int former = connection.getNetworkTimeout();
            listen(connection, Math.toIntExact(SILENCE.toMillis()));
            try {
                return work.get();
            } finally {
                listen(connection, former);
            }
        });
    }

    /** One that is lost has none. */
    private static void listen(Connection connection, int millis) throws SQLException {
        if (!connection.isClosed()) {
            connection.setNetworkTimeout(Runnable::run, millis);
        }
    }
}
