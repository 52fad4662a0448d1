package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static Set<String> projections(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i + ":1").collect(Collectors.toSet());
    }

    private static Map<String, Set<String>> nodes(int count, Set<String> runs) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "node-" + i, i -> runs));
    }

    private static Map<String, Long> loads(Map<String, String> leaders) {
        return leaders.values().stream().collect(Collectors.groupingBy(node -> node, Collectors.counting()));
    }

    @Test
    void isEvenWithFewProjectionsAndWithMany() {
        for (int nodes = 1; nodes <= 5; nodes++) {
            for (int projections = nodes; projections <= 30; projections++) {
                Map<String, Long> loads = loads(Spread.leaders(nodes(nodes, projections(projections))));
                int most = (projections + nodes - 1) / nodes;
                assertThat(loads.values()).as("%d on %d", projections, nodes).allMatch(load -> load <= most);
                assertThat(loads.values().stream().mapToLong(load -> load).sum())
                        .isEqualTo(projections);
            }
        }
    }

    @Test
    void leavesMostWhereTheyAreWhenANodeComes() {
        Map<String, String> before = Spread.leaders(nodes(3, projections(30)));
        Map<String, String> after = Spread.leaders(nodes(4, projections(30)));
        long moved = before.keySet().stream()
                .filter(one -> !after.get(one).equals(before.get(one)))
                .count();
        // a quarter must move
        assertThat(moved).isLessThan(15);
    }

    @Test
    void givesWhatOneNodeAloneRunsToIt() {
        Map<String, Set<String>> nodes = new HashMap<>(nodes(2, projections(4)));
        nodes.put("newer", Set.of("p0:2", "p1:2", "p2:2"));
        Map<String, String> leaders = Spread.leaders(nodes);
        assertThat(leaders).hasSize(7).containsEntry("p0:2", "newer").containsEntry("p2:2", "newer");
        assertThat(Spread.leaders(Map.of())).isEmpty();
    }
}
