package app.veza.eventstore.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** For every (type, revision) that needs it the whole way to the newest revision, found once. */
final class UpcasterChains {

    private record Origin(String type, String revision) {}

    private final Map<Origin, List<Upcaster>> chains = new HashMap<>();

    UpcasterChains(List<Upcaster> upcasters) {
        Map<Origin, Upcaster> steps = new HashMap<>();
        for (Upcaster upcaster : upcasters) {
            Origin origin = new Origin(upcaster.type(), upcaster.fromRevision());
            if (steps.put(origin, upcaster) != null) {
                throw new IllegalArgumentException(
                        "Two upcasters of %s from revision %s".formatted(origin.type(), origin.revision()));
            }
        }
        steps.keySet().forEach(origin -> chains.put(origin, follow(origin, steps)));
    }

    boolean startAt(String type, String revision) {
        return !chains.isEmpty() && chains.containsKey(new Origin(type, revision));
    }

    JsonNode upcast(String type, String revision, JsonNode payload) {
        JsonNode current = payload;
        for (Upcaster step : chains.getOrDefault(new Origin(type, revision), List.of())) {
            current = step.change().apply(current);
        }
        return current;
    }

    private static List<Upcaster> follow(Origin origin, Map<Origin, Upcaster> steps) {
        List<Upcaster> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String revision = origin.revision();
        for (Upcaster step = steps.get(origin); step != null; step = steps.get(new Origin(origin.type(), revision))) {
            if (!seen.add(revision)) {
                throw new IllegalArgumentException(
                        "The upcasters of %s from revision %s go in a circle".formatted(origin.type(), revision));
            }
            chain.add(step);
            revision = step.toRevision();
        }
        return List.copyOf(chain);
    }
}
