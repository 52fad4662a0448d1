package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What callers were told of their appends, to be compared with what the log holds in the end. */
final class LoadHistory {
    /** Told for certain that nothing was stored. */
    static final long FAILED = 0;

    /** First position by append; {@link #FAILED}; absent when nothing was told or the outcome was unknown. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    /** Append n of a writer has n % 4 + 1 events, so half of it would be seen. */
    static AppendRequest request(String writer, int n) {
        int count = n % 4 + 1;
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = writer + "-" + n + "/" + i + "/" + count;
            byte[] payload = "{\"n\":%d,\"filler\":\"%s\"}"
                    .formatted(n, "x".repeat(n % 700))
                    .getBytes(StandardCharsets.UTF_8);
            events.add(new NewEvent(
                    id,
                    "load.Written",
                    "1",
                    Instant.now(),
                    List.of(new Tag("writer", writer), new Tag("n", "" + n % 10)),
                    Map.of(),
                    payload));
        }
        AppendRequest request = AppendRequest.of(events);
        return switch (n % 3) {
            case 0 -> request;
            case 1 -> request.provided(Criteria.tagged(new Tag("id", writer + n)), 0);
            default -> request.forCommand(writer + "-" + n, "f");
        };
    }

    /** What every writer tries, and one only may have: now a name, now a command id. */
    static AppendRequest contested(String writer, int n) {
        Tag prize = new Tag("prize", (n % 2 == 0 ? "name " : "command ") + n);
        NewEvent event = new NewEvent(
                writer + "-" + n + "/0/1", "load.Won", "1", Instant.now(), List.of(prize), Map.of(), new byte[] {'1'});
        AppendRequest request = AppendRequest.of(event);
        return n % 2 == 0 ? request.provided(Criteria.tagged(prize), 0) : request.forCommand("prize " + n, "f");
    }

    static String line(String writer, int n, AppendOutcome outcome, Throwable failure) {
        String append = writer + "-" + n;
        if (outcome instanceof AppendOutcome.Appended(long first, long last)) {
            return "told " + append + " " + first;
        }
        if (outcome != null) {
            return "told " + append + " " + FAILED;
        }
        return failure instanceof AppendFailure.Unavailable ? "told " + append + " " + FAILED : "unknown " + append;
    }

    void add(String line) {
        String[] words = line.split(" ");
        if (words.length == 3 && words[0].equals("told")) {
            told.put(words[1], Long.parseLong(words[2]));
        }
    }

    int appended() {
        return (int)
                told.values().stream().filter(position -> position != FAILED).count();
    }

    void assertEachPrizeWasWonOnce(List<RecordedEvent> events) {
        Map<Tag, String> winners = new HashMap<>();
        for (RecordedEvent event : events) {
            if (event.type().equals("load.Won")) {
                Tag prize = event.tags().iterator().next();
                String before = winners.put(prize, event.id());
                require(before == null, prize + " was won by " + before + " and by " + event.id());
            }
        }
        assertThat(winners).hasSizeGreaterThan(10);
    }

    void assertIsThatOf(List<RecordedEvent> events) {
        Map<String, Long> firsts = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (RecordedEvent event : events) {
            String[] parts = event.id().split("/");
            String append = parts[0];
            int index = Integer.parseInt(parts[1]);
            require(index > 0 || firsts.put(append, event.position()) == null, append + " is there once");
            require(event.position() == firsts.getOrDefault(append, -1L) + index, append + " stands together");
            require(counts.merge(append, 1, Integer::sum) == index + 1, append + " is in order");
            if (index == Integer.parseInt(parts[2]) - 1) {
                counts.remove(append);
            }
        }
        assertThat(counts).as("half appends").isEmpty();
        told.forEach((append, position) -> require(
                firsts.getOrDefault(append, FAILED).equals(position),
                append + " was told to be at " + position + " and is at " + firsts.get(append)));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
