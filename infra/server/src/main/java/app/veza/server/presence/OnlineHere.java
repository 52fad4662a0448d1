package app.veza.server.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Whose sockets this node has, and what is to be told of it: only that a person's first one came or their last one went. Who comes
 * back within a moment, as after a change of network, was never gone.
 */
final class OnlineHere {

    static final Duration GRACE = Duration.ofSeconds(3);

    private final Map<UUID, Integer> sockets = new HashMap<>();
    private final Set<UUID> told = new HashSet<>();
    private final Set<UUID> came = new HashSet<>();
    private final Map<UUID, Instant> went = new HashMap<>();

    /**
     * What became of people at this node.
     *
     * @param off with the time when their last socket closed
     */
    record Changes(Set<UUID> on, Map<UUID, Instant> off) {

        boolean isEmpty() {
            return on.isEmpty() && off.isEmpty();
        }
    }

    synchronized void opened(UUID person) {
        if (sockets.merge(person, 1, Integer::sum) == 1) {
            went.remove(person);
            if (!told.contains(person)) {
                came.add(person);
            }
        }
    }

    synchronized void closed(UUID person, Instant at) {
        Integer left = sockets.computeIfPresent(person, (id, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            came.remove(person);
            went.put(person, at);
        }
    }

    /** What has not been told yet. Who left is told of once the grace is over. */
    synchronized Changes untold(Instant now) {
        Set<UUID> on = Set.copyOf(came);
        came.clear();
        told.addAll(on);
        Map<UUID, Instant> off = new HashMap<>();
        for (Iterator<Map.Entry<UUID, Instant>> rest = went.entrySet().iterator(); rest.hasNext(); ) {
            Map.Entry<UUID, Instant> gone = rest.next();
            if (gone.getValue().plus(GRACE).isBefore(now)) {
                off.put(gone.getKey(), gone.getValue());
                told.remove(gone.getKey());
                rest.remove();
            }
        }
        return new Changes(on, off);
    }

    /** Who was told to be here. */
    synchronized Set<UUID> told() {
        return Set.copyOf(told);
    }
}
