package app.veza.eventstore;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * "Append only if nothing that matches stands in the log after what I have read."
 *
 * @param after consistency marker: the last position that was included in what was read; {@link #ORIGIN} before the first event
 * @param logId of the log that was read: to another one nothing is appended. Null: whichever log it is
 */
public record AppendCondition(
        Criteria criteria, long after, @Nullable String logId) {
    public static final long ORIGIN = 0;

    public AppendCondition {
        Objects.requireNonNull(criteria, "criteria");
        if (after < ORIGIN) {
            throw new IllegalArgumentException("a marker is not negative: " + after);
        }
    }

    public AppendCondition(Criteria criteria, long after) {
        this(criteria, after, null);
    }

    boolean isOfAnotherLog(String present) {
        return logId != null && !logId.equals(present);
    }
}
