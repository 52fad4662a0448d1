package app.veza.gateway;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Interest of every topic that has a subscriber. */
final class Interests {
    private final ConcurrentHashMap<String, Interest> byTopic = new ConcurrentHashMap<>();
    private final int shards;

    Interests(int shards) {
        this.shards = shards;
    }

    @Nullable
    Interest of(String topic) {
        return byTopic.get(topic);
    }

    void acquire(String topic, Shard shard) {
        byTopic.compute(topic, (key, known) -> (known == null ? new Interest(shards) : known).plus(shard.number));
    }

    void release(String topic, Shard shard) {
        byTopic.computeIfPresent(topic, (key, known) -> known.minus(shard.number) ? null : known);
    }

    void restart() {
        byTopic.values().forEach(Interest::restart);
    }

    int topics() {
        return byTopic.size();
    }
}
