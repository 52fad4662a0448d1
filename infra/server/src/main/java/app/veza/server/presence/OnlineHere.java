package app.veza.server.presence;

import app.veza.gateway.Connection;
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

    /** Most people have one, in a set that takes the least; those of more can be changed. */
    private final Map<UUID, Set<Connection>> sockets = new HashMap<>();

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

    synchronized void opened(UUID person, Connection socket) {
        Set<Connection> all = sockets.merge(person, Set.of(socket), (before, another) -> {
            Set<Connection> several = before.size() == 1 ? new HashSet<>(before) : before;
            several.addAll(another);
            return several;
        });
        if (all.size() == 1) {
            went.remove(person);
            if (!told.contains(person)) {
                came.add(person);
            }
        }
    }

    synchronized void closed(UUID person, Connection socket, Instant at) {
        Set<Connection> left = sockets.computeIfPresent(person, (id, before) -> {
            if (before.size() == 1) {
                return null;
            }
            before.remove(socket);
            return before.size() == 1 ? Set.copyOf(before) : before;
        });
        if (left == null) {
            came.remove(person);
            went.put(person, at);
        }
    }

    /** Those of theirs that are at this node now. */
    synchronized Set<Connection> of(UUID person) {
        return Set.copyOf(sockets.getOrDefault(person, Set.of()));
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
