package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.AppendHistory.Attempt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What callers asked for and were told, a line each, to be compared with what the log holds in the end:
 * {@code asks APPEND} before a command, and {@code APPEND CONDITION OUTCOME...} of every append.
 */
final class LoadHistory {
    /** Of a writer whose node has built its index anew. */
    static final String REBUILT = "rebuilt";

    private static final int TURNS = 200;
    private static final String UNCONDITIONAL = "-";
    /** Metadata of an event whose append had a condition: up to where its writer knew the log. */
    private static final String READ = "read";

    private final Queue<Attempt> told = new ConcurrentLinkedQueue<>();
    /** Commands that were asked for and of which nothing was told, or only that it is not known. */
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    private final AtomicInteger rebuilt = new AtomicInteger();
    private final AtomicInteger appended = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong lastAppended = new AtomicLong(System.nanoTime());
    private final AtomicLong longestSilence = new AtomicLong();

    /**
     * Append n of a writer has n % 4 + 1 events, so half of it would be seen: in any case, or if nobody else took the same turn
     * behind what was read, or once by its id. One in ten is for something that all writers try and one only may have.
     *
     * @param read up to where the writer knows the log
     */
    static AppendRequest request(String writer, int n, long read) {
        if (n % 10 == 9) {
            return contested(writer, n);
        }
        Tag turn = new Tag("turn", "" + n % TURNS);
        return switch (n % 3) {
            case 0 -> AppendRequest.of(events(writer, n, n % 4 + 1));
            case 1 ->
                AppendRequest.of(events(writer, n, n % 4 + 1, Map.of(READ, "" + read), turn))
                        .provided(Criteria.tagged(turn), read);
            default -> command(writer + "-" + n, events(writer, n, n % 4 + 1, commandTag(writer + "-" + n)));
        };
    }

    /** Now a name, now a command id. */
    private static AppendRequest contested(String writer, int n) {
        if (n / 10 % 2 == 0) {
            Tag name = new Tag("name", "" + n);
            return AppendRequest.of(events(writer, n, 1, name)).provided(Criteria.tagged(name), 0);
        }
        return command("prize-" + n, events(writer, n, 1, commandTag("prize-" + n)));
    }

    private static AppendRequest command(String id, List<NewEvent> events) {
        return AppendRequest.of(events).forCommand(id, "f");
    }

    private static Tag commandTag(String id) {
        return new Tag(AppendHistory.COMMAND, id);
    }

    private static List<NewEvent> events(String writer, int n, int count, Tag... tags) {
        return events(writer, n, count, Map.of(), tags);
    }

    private static List<NewEvent> events(String writer, int n, int count, Map<String, String> metadata, Tag... tags) {
        List<Tag> all = new ArrayList<>(List.of(tags));
        all.add(new Tag("writer", writer));
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] payload = "{\"n\":%d,\"filler\":\"%s\"}"
                    .formatted(n, "x".repeat(n % 700))
                    .getBytes(StandardCharsets.UTF_8);
            events.add(new NewEvent(
                    writer + "-" + n + "/" + i + "/" + count,
                    "load.Written",
                    "1",
                    Instant.now(),
                    all,
                    metadata,
                    payload));
        }
        return events;
    }

    static String asks(String writer, int n) {
        return "asks " + writer + "-" + n;
    }

    static String line(String writer, int n, AppendRequest request, AppendOutcome outcome, Throwable failure) {
        String what =
                switch (outcome) {
                    case AppendOutcome.Appended(long first, long last) -> "appended " + first + " " + last;
                    case AppendOutcome.Refused(long conflict) -> "refused " + conflict;
                    case AppendOutcome.Duplicate(long first, long last, String f) -> "duplicate " + first + " " + last;
                    case null -> failure instanceof AppendFailure.Unavailable ? "failed" : "unknown";
                };
        AppendCondition condition = request.condition();
        return writer + "-" + n + " " + (condition == null ? UNCONDITIONAL : condition.after()) + " " + what;
    }

    void add(String line) {
        String[] words = line.split(" ");
        if (line.equals(REBUILT)) {
            rebuilt.incrementAndGet();
        } else if (words.length == 2 && words[0].equals("asks")) {
            unsettled.add(words[1]);
        } else if (words.length > 2 && !words[2].equals("unknown")) {
            settled(words);
        }
    }

    private void settled(String[] words) {
        String append = words[0];
        unsettled.remove(append);
        AppendRequest request = request(append, words[1].equals(UNCONDITIONAL) ? 0 : Long.parseLong(words[1]));
        told.add(new Attempt(
                request.events().getFirst().id(), request.condition(), request.commandId(), outcome(words)));
        if (words[2].equals("appended")) {
            appended.incrementAndGet();
            long now = System.nanoTime();
            longestSilence.accumulateAndGet(now - lastAppended.getAndSet(now), Math::max);
        } else if (words[2].equals("refused")) {
            refused.incrementAndGet();
        }
    }

    private static @Nullable AppendOutcome outcome(String[] words) {
        return switch (words[2]) {
            case "appended" -> new AppendOutcome.Appended(Long.parseLong(words[3]), Long.parseLong(words[4]));
            case "refused" -> new AppendOutcome.Refused(Long.parseLong(words[3]));
            case "duplicate" -> new AppendOutcome.Duplicate(Long.parseLong(words[3]), Long.parseLong(words[4]), "f");
            case "failed" -> null;
            default -> throw new IllegalArgumentException(String.join(" ", words));
        };
    }

    private static AppendRequest request(String append, long read) {
        int dash = append.lastIndexOf('-');
        return request(append.substring(0, dash), Integer.parseInt(append.substring(dash + 1)), read);
    }

    int appended() {
        return appended.get();
    }

    /** Of commands; it falls when one is asked again. */
    int unsettled() {
        return unsettled.size();
    }

    /** The longest time between two appends that callers were told of, since it was taken last. */
    Duration takeLongestSilence() {
        return Duration.ofNanos(longestSilence.getAndSet(0));
    }

    void assertEachPrizeWasWonOnce(List<RecordedEvent> events) {
        Map<Tag, String> winners = new HashMap<>();
        for (RecordedEvent event : events) {
            String append = event.id().split("/")[0];
            for (Tag tag : event.tags()) {
                if (tag.key().equals("name") || tag.key().equals(AppendHistory.COMMAND)) {
                    String before = winners.putIfAbsent(tag, append);
                    require(before == null || before.equals(append), tag + " was won by " + before + " and " + append);
                }
            }
        }
        assertThat(winners.keySet()).extracting(Tag::key).contains("name", AppendHistory.COMMAND);
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
        var history = new AppendHistory(events);
        told.forEach(history::assertHolds);
        assertAllWereAdmitted(history, events);
        assertThat(refused).as("there was a race").hasPositiveValue();
        assertThat(rebuilt).as("indexes built anew").hasValue(0);
    }

    /** Those included of which their callers were told that it is not known, or that died with them. */
    private static void assertAllWereAdmitted(AppendHistory history, List<RecordedEvent> events) {
        int judged = 0;
        for (RecordedEvent event : events) {
            String[] parts = event.id().split("/");
            if (parts[1].equals("0")) {
                long read = Long.parseLong(event.metadata().getOrDefault(READ, "0"));
                AppendCondition condition = request(parts[0], read).condition();
                if (condition != null) {
                    history.assertAdmitted(event, condition);
                    judged++;
                }
            }
        }
        assertThat(judged).as("appends with a condition").isPositive();
    }

    /**
     * Asks a node again for every command of which nothing is known, those included that a process took with it.
     *
     * @param events all that the log holds
     */
    void repeatUnsettled(EventLog node, List<RecordedEvent> events) {
        var history = new AppendHistory(events);
        for (String append : unsettled) {
            AppendRequest request = request(append, 0);
            long first = history.firstOf(request.commandId());
            AppendOutcome again = TestLog.append(node, request);
            require(
                    first == 0
                            ? again instanceof AppendOutcome.Appended
                            : again instanceof AppendOutcome.Duplicate duplicate && duplicate.firstPosition() == first,
                    append + " is at " + first + ", and repeated it was told " + again);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
