package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few large appends take as much memory as thousands of small ones: what waits, flies and is kept is bounded by bytes too. */
class QueueBytesTest {
    private static final int LARGE = 100_000;
    private static final int MANY = 200;

    @TempDir
    Path directory;

    @Test
    void moreBytesThanThereIsRoomForAreTurnedAwayWhereverTheyAreHandedIn() throws Exception {
        EventLogConfig config = TestLog.withSmallCache(TestLog.config(directory.resolve("one")));
        EventLogConfig elsewhere =
                TestLog.withSmallCache(EventLogConfig.defaults(config.natsUrl(), directory.resolve("other"))
                        .withStream(config.streamName()));
        try (EventLog one = TestLog.open(config);
                EventLog other = TestLog.open(elsewhere)) {
            Awaitility.await().until(() -> one.isSequencing() != other.isSequencing());
            long turnedAway = 0;
            for (EventLog node : List.of(one, other)) {
                long here = turnedAway(node);
                assertThat(here).isBetween(1L, MANY - 1L);
                turnedAway += here;
            }
            long stored = 2 * MANY - turnedAway;
            Awaitility.await().until(() -> one.head() == stored && other.head() == stored);
            assertThat(all(one)).hasSameSizeAs(all(other)).hasSize((int) stored);
        }
    }

    private static long turnedAway(EventLog node) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> node.append(AppendRequest.of(large()))
                        .handle((outcome, failure) -> failure instanceof AppendFailure.Unavailable))
                .toList()
                .stream()
                .filter(away -> away.join())
                .count();
    }

    /** They wait for what is in flight: neither in the queue nor in flight themselves. */
    @Test
    void moreThanMayWaitForAnothersOutcomeAreTurnedAway() throws Exception {
        EventLogConfig config = TestLog.config(directory.resolve("one"));
        try (CutOffLine line = new CutOffLine(config.natsUrl());
                EventLog log = TestLog.open(
                        LogFixture.withUrl(config, line.url()).withLimits(10, 1024, Duration.ofSeconds(30)))) {
            Awaitility.await().until(log::isSequencing);
            line.fallSilent();
            var first = log.append(taken());
            boolean turnedAway = false;
            for (int i = 0; i < 200 && !turnedAway; i++) {
                // ten wait, and ten behind them; by each look one is out of the queue
                Thread.sleep(5);
                CompletableFuture<AppendOutcome> another = log.append(taken());
                turnedAway = another.isCompletedExceptionally()
                        && another.exceptionNow().getMessage().contains("too many appends wait already");
            }
            assertThat(turnedAway).isTrue();
            line.mend();
            assertThat(first.join()).isEqualTo(new AppendOutcome.Appended(1, 1));
        }
    }

    private static AppendRequest taken() {
        Tag name = new Tag("name", "ada");
        return AppendRequest.of(event("chat.Taken", name))
                .provided(Criteria.anyOf(new Criterion(Set.of("chat.Taken"), Set.of(name))), 0);
    }

    @Test
    void theNewestAppendsAreKeptAsFarAsThereIsRoom() {
        var window = new Window(10 * 2 * LARGE);
        window.restart(0);
        int count = 0;
        while (!window.isFull()) {
            window.add(placed(++count));
        }
        assertThat(count).as("each is held twice").isBetween(9, 10);

        window.trim(count - 2);
        assertThat(window.isFull()).isFalse();
        assertThat(window.start()).as("half of it is for what is indexed").isBetween(4L, 6L);

        window.restart(0);
        assertThat(window.isFull()).isFalse();
        window.add(placed(1));
        window.trim(1);
        assertThat(window.start()).as("one has room").isZero();
    }

    private static Placed placed(int position) {
        EncodedAppend append = new WireFormat("log", 10, 1 << 20).encode("a" + position, AppendRequest.of(large()));
        var handed = new Handed.Append(position, 0, null, append, null, Handed.Searched.NOTHING);
        return new Placed(position, handed, new StoredAppend(position, position, Chain.genesis(), append));
    }

    private static NewEvent large() {
        return event("chat.A", "{\"a\":\"" + "x".repeat(LARGE) + "\"}");
    }
}
