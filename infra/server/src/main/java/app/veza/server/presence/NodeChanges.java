package app.veza.server.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The signal of a node: who came to it and who left.
 *
 * @param node of one start of it
 * @param version number of the signal, by which others notice one that they missed
 * @param off with the time when they were seen last
 * @param left true when the node stops: nobody is there any more
 */
record NodeChanges(String node, long version, Set<UUID> on, Map<UUID, Instant> off, boolean left) {

    /** People in one signal: some 50 KB, far below what NATS takes. */
    private static final int MOST = 500;

    /** @param version of the first one */
    static List<NodeChanges> of(String node, long version, OnlineHere.Changes changes) {
        List<NodeChanges> signals = new ArrayList<>();
        for (List<UUID> on : chunks(changes.on())) {
            signals.add(new NodeChanges(node, version + signals.size(), Set.copyOf(on), Map.of(), false));
        }
        for (List<UUID> off : chunks(changes.off().keySet())) {
            Map<UUID, Instant> seen = new HashMap<>();
            off.forEach(person -> seen.put(person, changes.off().get(person)));
            signals.add(new NodeChanges(node, version + signals.size(), Set.of(), seen, false));
        }
        return signals;
    }

    private static List<List<UUID>> chunks(Set<UUID> people) {
        List<UUID> all = List.copyOf(people);
        List<List<UUID>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            chunks.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return chunks;
    }
}
