package app.veza.server.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who is at which node, hence who is online. Its caller keeps threads apart. */
final class Roster {

    private final Map<String, Set<UUID>> peopleOfNode = new HashMap<>();
    private final Map<UUID, Integer> nodesOfPerson = new HashMap<>();
    private final Changed changed;

    /** Told when somebody came to their first node, or left their last one at that time. */
    interface Changed {
        void online(UUID person);

        void offline(UUID person, Instant at);
    }

    Roster(Changed changed) {
        this.changed = changed;
    }

    boolean isOnline(UUID person) {
        return nodesOfPerson.containsKey(person);
    }

    int online() {
        return nodesOfPerson.size();
    }

    void came(String node, UUID person) {
        if (peopleOfNode.computeIfAbsent(node, id -> new HashSet<>()).add(person)
                && nodesOfPerson.merge(person, 1, Integer::sum) == 1) {
            changed.online(person);
        }
    }

    void went(String node, UUID person, Instant at) {
        Set<UUID> people = peopleOfNode.get(node);
        if (people != null
                && people.remove(person)
                && nodesOfPerson.computeIfPresent(person, (id, count) -> count == 1 ? null : count - 1) == null) {
            changed.offline(person, at);
        }
    }

    /** These and nobody else are at the node. */
    void are(String node, Set<UUID> people, Instant now) {
        List<UUID> gone = new ArrayList<>(peopleOfNode.computeIfAbsent(node, id -> new HashSet<>()));
        gone.removeAll(people);
        people.forEach(person -> came(node, person));
        gone.forEach(person -> went(node, person, now));
    }

    /** The node is no more. */
    void lost(String node, Instant at) {
        are(node, Set.of(), at);
        peopleOfNode.remove(node);
    }
}
