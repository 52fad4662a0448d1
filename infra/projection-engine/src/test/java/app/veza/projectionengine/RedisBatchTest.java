package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisBatchTest {

    private final RedisKeys keys = new RedisKeys("", "sample", 1);
    private final RedisBatch batch = new RedisBatch(keys);

    @Test
    void whatAddsToOneKeyInARowIsOneOperation() {
        batch.zadd("room", 1, "a").zadd("room", 2, "b").zadd("other", 3, "c");
        batch.hset("person", "x", "1").hset("person", Map.of("y", "2"));
        batch.zadd("room", 4, "d");

        assertThat(operations())
                .containsExactly(
                        List.of("ZADD", keys.key("room"), "1", "a", "2", "b"),
                        List.of("ZADD", keys.key("other"), "3", "c"),
                        List.of("HSET", keys.key("person"), "x", "1", "y", "2"),
                        List.of("ZADD", keys.key("room"), "4", "d"));
    }

    @Test
    void flagsAreForTheValuesThatWereGivenWithThem() {
        batch.zadd("room", 1, "a").zraise("room", 2, "b").zraise("room", 3, "c").zadd("room", 4, "d");

        assertThat(operations())
                .containsExactly(
                        List.of("ZADD", keys.key("room"), "1", "a"),
                        List.of("ZADD", keys.key("room"), "XX", "GT", "2", "b", "3", "c"),
                        List.of("ZADD", keys.key("room"), "4", "d"));
    }

    @Test
    void whatTakesOneValueStaysAsItIs() {
        batch.incrBy("n", 1).incrBy("n", 1).hincrBy("h", "f", 1).hincrBy("h", "f", 1);
        batch.set("s", "1").set("s", "2").zincrBy("z", 1, "m").zincrBy("z", 1, "m");
        assertThat(operations())
                .hasSize(8)
                .allSatisfy(words -> assertThat(words).hasSizeLessThanOrEqualTo(4));
    }

    @Test
    void anOperationNeverGrowsBeyondWhatAScriptCanTake() {
        for (int i = 0; i < 10_000; i++) {
            batch.sadd("set", "member " + i);
        }
        List<List<String>> operations = operations();
        assertThat(operations).allSatisfy(words -> assertThat(words).hasSizeLessThan(2_100));
        assertThat(operations.stream().mapToInt(words -> words.size() - 2).sum())
                .isEqualTo(10_000);
        assertThat(operations).hasSizeLessThan(10);
    }

    /** As the script takes them apart. */
    private List<List<String>> operations() {
        List<List<String>> operations = new ArrayList<>();
        List<String> arguments = batch.arguments();
        for (int i = 0; i < arguments.size(); ) {
            int words = Integer.parseInt(arguments.get(i));
            operations.add(arguments.subList(i + 1, i + 1 + words));
            i += words + 1;
        }
        assertThat(operations).hasSize(batch.operations());
        return operations;
    }
}
