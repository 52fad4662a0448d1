package app.veza.projectionengine;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells what comes right by itself, and is tried again, from what fails however often it is tried. */
final class Failures {
    /**
     * Classes of SQLSTATE: connection, transaction rollback (deadlock, serialization), resources (disk, memory,
     * connections), operator intervention (shutdown, timeouts), system error.
     */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Read-only transaction (a former primary), lock not available, idle-in-transaction timeout, invalid password (rotated). */
    private static final Set<String> TRANSIENT_STATES = Set.of("25006", "55P03", "25P03", "28P01", "3D000");

    private static final List<String> TRANSIENT_REDIS = List.of(
            "LOADING",
            "BUSY",
            "READONLY",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "OOM",
            "MISCONF",
            "NOREPLICAS",
            "NOAUTH",
            "WRONGPASS");

    private static final Pattern QUOTED = Pattern.compile("\".*\"");

    private Failures() {}

    static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case LogAccess.Unavailable e -> {
                    return true;
                }
                case PayloadUnavailableException e -> {
                    return true;
                }
                case UndecodableException e -> {
                    // whatever the decoder throws, an IOException of a JSON parser included
                    return false;
                }
                case SQLTransientException e -> {
                    return true;
                }
                case SQLRecoverableException e -> {
                    return true;
                }
                case SQLException e
                when e.getSQLState() != null -> {
                    return TRANSIENT_STATES.contains(e.getSQLState())
                            || TRANSIENT_CLASSES.contains(e.getSQLState().substring(0, 2));
                }
                case RedisCommandExecutionException e -> {
                    String message = String.valueOf(e.getMessage());
                    return TRANSIENT_REDIS.stream().anyMatch(message::startsWith);
                }
                case RedisException e -> {
                    return true;
                }
                case IOException e -> {
                    return true;
                }
                default -> {
                    // its cause may tell
                }
            }
        }
        return false;
    }

    /** The database refused values (SQLSTATE classes 22, data exception, and 23, integrity): it does so however often it is asked. */
    static boolean isOfTheData(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState().startsWith("22") || e.getSQLState().startsWith("23");
            }
        }
        return false;
    }

    /** The target gave up on a statement, or this side on the target. */
    static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandTimeoutException
                    || (cause instanceof SQLException e && "57014".equals(e.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** A script that wrote and then failed: what it left is to be thrown away, so looking for the event is no use. */
    static boolean isBroken(Throwable failure) {
        return failure instanceof RedisCommandExecutionException
                && String.valueOf(failure.getMessage()).startsWith("BROKEN");
    }

    /**
     * What is kept in a dead letter: the defect, not the values that met it, for those may be personal and must not outlive an
     * erasure. Of the database's message the line that names no row; of an exception where it was thrown.
     */
    static String withoutValues(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof PSQLException e && e.getServerErrorMessage() != null) {
                ServerErrorMessage said = e.getServerErrorMessage();
                String line = String.valueOf(said.getMessage());
                // class 22 is about values and quotes them
                return "SQLSTATE " + said.getSQLState() + ": "
                        + (String.valueOf(said.getSQLState()).startsWith("22")
                                ? QUOTED.matcher(line).replaceAll("\"...\"")
                                : line);
            }
            if (cause instanceof RedisCommandExecutionException e) {
                return String.valueOf(e.getMessage());
            }
        }
        String where = root.getStackTrace().length == 0 ? "" : " at " + root.getStackTrace()[0];
        return (failure instanceof UndecodableException ? failure.getMessage() + ": " : "")
                + root.getClass().getSimpleName()
                + where;
    }

    /**
     * For those who are not to learn where the parts of the platform are: no words of other systems, which name hosts, and no
     * values.
     */
    static String inOurWords(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            switch (cause) {
                case LogAccess.Unavailable e -> {
                    return "the log does not answer";
                }
                case PayloadUnavailableException e -> {
                    return "what is encrypted cannot be read just now";
                }
                case DefinitionException e -> {
                    return "its definition does not fit to what is there";
                }
                case SQLException e -> {
                    String state = e.getSQLState();
                    return state == null || state.startsWith("08") || e instanceof SQLTransientException
                            ? "PostgreSQL does not answer"
                            : "PostgreSQL refuses (SQLSTATE " + state + ")";
                }
                case RedisCommandExecutionException e -> {
                    return "Redis refuses";
                }
                case RedisException e -> {
                    return "Redis does not answer";
                }
                default -> {
                    // its cause may tell
                }
            }
        }
        return root.getClass().getSimpleName();
    }

    /** The innermost message says most: wrappers repeat the statement, which is long. */
    static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
