package app.veza.projectionengine;

import app.veza.projectionengine.Ledger.Closed;
import app.veza.projectionengine.Ledger.Deposited;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Sums in Redis, which an event lost or applied twice would falsify. */
record Totals(String name, int version) implements RedisProjection {
    @Override
    public Set<String> eventTypes() {
        return Set.of(Ledger.DEPOSITED, Ledger.CLOSED);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by("account", "account"));
    }

    @Override
    public void apply(RedisBatch batch, List<Recorded<?>> events) {
        for (Recorded<?> recorded : events) {
            switch (recorded.event()) {
                case Deposited(int account, long amount)
                when amount == Ledger.POISON ->
                    // a list where a number is: refused by Redis half-way through the script
                    batch.incrBy("touched", 1).lpush("total:" + account, List.of("x"));
                case Deposited(int account, long amount) ->
                    batch.incrBy("total:" + account, amount).lpushTrimmed("recent", "" + recorded.position(), 10);
                case Closed(int account) -> batch.del("total:" + account);
                default -> throw new IllegalStateException("Not handled: " + recorded);
            }
        }
    }

    Map<Integer, Long> read(RedisCommands<String, String> redis, String prefix) {
        return read(redis, new RedisKeys(prefix, name, version));
    }

    Map<Integer, Long> read(RedisCommands<String, String> redis, RedisKeys edition) {
        String stem = edition.key("total:");
        Map<Integer, Long> totals = new TreeMap<>();
        for (String key : redis.keys(stem.replace("[", "\\[") + "*")) {
            totals.put(Integer.parseInt(key.substring(stem.length())), Long.parseLong(redis.get(key)));
        }
        return totals;
    }

    static Map<Integer, Long> fold(List<? extends Recorded<?>> events) {
        Map<Integer, Long> totals = new TreeMap<>();
        Ledger.fold(events).forEach((account, balance) -> totals.put(account, balance.amount()));
        return totals;
    }
}
