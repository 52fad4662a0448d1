package app.veza.projectionengine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who leads which projection, told by each node alone from the same list: the node that has the highest hash with the projection's
 * name, unless it has its even share (rounded up) already; then the next. Most of them stay where they are when a node comes or goes.
 */
final class Spread {
    private Spread() {}

    /**
     * @param nodes what each node runs well
     * @return a node for each of what any of them runs
     */
    static Map<String, String> leaders(Map<String, Set<String>> nodes) {
        Map<String, Set<String>> runners = new TreeMap<>();
        nodes.forEach((node, runs) -> runs.forEach(
                one -> runners.computeIfAbsent(one, key -> new TreeSet<>()).add(node)));
        int share = nodes.isEmpty() ? 0 : (runners.size() + nodes.size() - 1) / nodes.size();
        Map<String, Integer> loads = new HashMap<>();
        Map<String, String> leaders = new HashMap<>();
        // those that one node alone can run come last, and have no share to keep to
        for (String key : runners.keySet().stream()
                .sorted(Comparator.comparing((String one) -> -runners.get(one).size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList()) {
            List<String> best = runners.get(key).stream()
                    .sorted(Comparator.comparing((String node) -> Definitions.checksum(node + "/" + key))
                            .reversed())
                    .toList();
            String leader = best.stream()
                    .filter(node -> loads.getOrDefault(node, 0) < share)
                    .findFirst()
                    .orElseGet(() -> best.stream()
                            .min(Comparator.comparing(node -> loads.getOrDefault(node, 0)))
                            .orElseThrow());
            loads.merge(leader, 1, Integer::sum);
            leaders.put(key, leader);
        }
        return leaders;
    }
}
