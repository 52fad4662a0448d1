package app.veza.eventstore;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The servers that have a copy of a stream.
 *
 * @param leader empty when there is only one copy, or nobody leads at present
 * @param lag of the last of the followers that run, in entries of the cluster's own log
 */
record Replicas(String leader, List<String> followers, long lag) {
    /** Messages that such an entry holds at most, by far. */
    private static final long ENTRY = 1000;

    /** @param cluster of a stream's info */
    static Replicas of(JsonNode cluster) {
        List<JsonNode> others = cluster.path("replicas").valueStream().toList();
        return new Replicas(
                cluster.path("leader").asString(""),
                others.stream()
                        .map(follower -> follower.path("name").asString(""))
                        .sorted()
                        .toList(),
                others.stream()
                        .filter(follower -> !follower.path("offline").asBoolean(false))
                        .mapToLong(follower -> follower.path("lag").asLong(0))
                        .max()
                        .orElse(0));
    }

    int servers() {
        return 1 + followers.size();
    }

    boolean areSeveral() {
        return !followers.isEmpty();
    }

    /** Whether a follower that has not a message lacks it, and not only has not got it yet. */
    boolean haveReached(long sequence, long lastSequence) {
        return lag == 0 || lag * ENTRY < lastSequence - sequence;
    }
}
