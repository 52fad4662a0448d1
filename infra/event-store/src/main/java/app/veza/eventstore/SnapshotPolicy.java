package app.veza.eventstore;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a node keeps snapshots of its index, and when it writes one.
 *
 * @param node stable over restarts and unique among the nodes of a log: each writes, and removes, below its own name alone
 * @param every how often it looks whether one is due
 * @param leastEvents that came since the newest one, whichever node wrote it; so nodes take turns by themselves. In a log of fewer
 *     messages none is looked for either: it is read in less time
 */
public record SnapshotPolicy(SnapshotStore store, String node, Duration every, long leastEvents) {
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public SnapshotPolicy {
        Objects.requireNonNull(store, "store");
        if (!NODE.matcher(node).matches()) {
            throw new IllegalArgumentException("node: letters, digits, _ and -, at most 64");
        }
        if (!every.isPositive() || leastEvents < 1) {
            throw new IllegalArgumentException("every and leastEvents are positive");
        }
    }
}
