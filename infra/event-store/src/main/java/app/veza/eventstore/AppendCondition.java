package app.veza.eventstore;

import java.util.Objects;

/**
 * "Append only if nothing that matches stands in the log after what I have read."
 *
 * @param after consistency marker: the last position that was included in what was read; {@link #ORIGIN} before the first event
 */
public record AppendCondition(Criteria criteria, long after) {
    public static final long ORIGIN = 0;

    public AppendCondition {
        Objects.requireNonNull(criteria, "criteria");
        if (after < ORIGIN) {
            throw new IllegalArgumentException("a marker is not negative: " + after);
        }
    }
}
