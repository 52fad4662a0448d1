package app.veza.stores;

import java.sql.SQLException;
import java.util.Set;

/** Tells a query that a hot standby cancelled to go on applying the log from one that took too long or is wrong. */
final class RecoveryConflict {
    /** On a standby nothing else raises these two: it runs no serializable transaction and takes no row locks. */
    private static final Set<String> STATES = Set.of("40001", "40P01");

    private RecoveryConflict() {}

    static boolean isOne(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return STATES.contains(e.getSQLState())
                        || (e.getSQLState().equals("57014")
                                && String.valueOf(e.getMessage()).contains("recovery"));
            }
        }
        return false;
    }
}
