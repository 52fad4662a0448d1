package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An append that is not acknowledged ends within its time, as what it is; and nobody has to do anything when NATS is back. */
abstract class FaultsContract extends LogFixture {

    private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(3);
    /** There and back it is less than the time for which a lease holds. */
    private static final Duration SOMEWHAT = Duration.ofMillis(100);

    private static final Duration AT_LAST = Duration.ofSeconds(60);
    private static final long ROOM = 4 << 20;
    private static final String FILLER = "FILLER";

    @AfterEach
    void goOn() {
        suite().servers().resume();
    }

    private EventLogConfig impatient(LogServers servers) {
        return config(servers, directory.resolve("index")).withLimits(16_384, 1024, APPEND_TIMEOUT);
    }

    @Test
    void whileNatsHangsAppendsFailInTimeAndAfterwardsGoOn() {
        try (EventLog log = TestLog.open(impatient(suite().servers()))) {
            appended(log, event("chat.Before"));
            suite().servers().pause();
            List<Throwable> failures = failures(log, 20);
            suite().servers().resume();

            assertThat(failures).hasSize(20);
            goesOn(log);
            assertNothingHalfDone(log, failures);
        }
    }

    @Test
    void whileNatsIsAwayAppendsFailInTimeAndAfterwardsGoOn() {
        try (EventLog log = TestLog.open(impatient(suite().servers()))) {
            appended(log, event("chat.Before"));
            suite().servers().kill();
            List<Throwable> failures = failures(log, 20);
            suite().servers().restart();

            assertThat(failures).hasSize(20);
            goesOn(log);
            assertNothingHalfDone(log, failures);
        }
    }

    @Test
    void whileNatsIsFullAppendsFailInTimeReadsGoOnAndWhenThereIsRoomAppendsToo() throws Exception {
        try (LogServers small = suite().startWithRoomFor(ROOM);
                EventLog log = TestLog.open(impatient(small));
                Connection nats = Nats.connect(small.url())) {
            appended(log, event("chat.Before"));
            fill(nats, small.replicas());

            Throwable failure = await().atMost(AT_LAST)
                    .until(() -> failure(log, "x".repeat(100_000)), AppendFailure.Unavailable.class::isInstance);
            assertThat(((AppendFailure.Unavailable) failure).retryAfter()).isPositive();
            assertThat(all(log)).first().extracting(RecordedEvent::type).isEqualTo("chat.Before");

            nats.jetStreamManagement().deleteStream(FILLER);
            goesOn(log);
        }
    }

    /**
     * Everything arrives, but later than an append may take; what was given up arrives as well, once the line is quick again. A line that
     * is only somewhat slow fails nothing.
     */
    @Test
    void whileTheLineToNatsIsSlowAppendsFailInTimeAndAfterwardsGoOn() throws Exception {
        var history = new LoadHistory();
        EventLogConfig straight = config(suite().servers(), directory.resolve("index"));
        try (var line = new CutOffLine(straight.natsUrl())) {
            EventLogConfig config = withUrl(straight, line.url()).withLimits(16_384, 1024, APPEND_TIMEOUT);
            List<Throwable> failures;
            try (EventLog log = TestLog.open(config)) {
                appended(log, event("chat.Before"));
                line.slowDown(SOMEWHAT);
                assertThat(Stream.generate(() -> append(log, AppendRequest.of(event("chat.Somewhat"))))
                                .limit(5))
                        .allMatch(AppendOutcome.Appended.class::isInstance);
                line.mend();
                try (var one = new LoadWriter(log, "one", history::add);
                        var two = new LoadWriter(log, "two", history::add)) {
                    assertThat(one).isNotSameAs(two);
                    appendsGoOn(history);
                    line.slowDown(APPEND_TIMEOUT.plusSeconds(1));
                    failures = failures(log, 20);
                    line.mend();
                    goesOn(log);
                    appendsGoOn(history);
                }
                assertThat(failures).hasSize(20);
                assertNothingHalfDone(log, failures);
            }
            try (EventLog other = TestLog.open(elsewhere(straight, directory.resolve("other")))) {
                List<RecordedEvent> load = all(other).stream()
                        .filter(event -> event.type().startsWith("load."))
                        .toList();
                history.assertIsThatOf(load);
                history.assertEachPrizeWasWonOnce(load);
                history.repeatUnsettled(other, load);
            }
        }
    }

    private static void appendsGoOn(LoadHistory history) {
        int before = history.appended();
        await().atMost(AT_LAST).until(() -> history.appended() > before + 500);
    }

    /** Leaves less room than one append of the test needs. */
    private static void fill(Connection nats, int replicas) throws IOException, JetStreamApiException {
        nats.jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(FILLER)
                        .subjects("filler")
                        .storageType(StorageType.File)
                        .replicas(replicas)
                        .build());
        try {
            while (true) {
                nats.jetStream().publish("filler", new byte[64 << 10]);
            }
        } catch (JetStreamApiException full) {
            assertThat(full).hasMessageContaining("resources");
        }
    }

    private static List<Throwable> failures(EventLog log, int appends) {
        long start = System.nanoTime();
        List<Throwable> failures =
                Stream.generate(() -> log.append(AppendRequest.of(event("chat.Meanwhile"))))
                        .limit(appends)
                        .toList()
                        .stream()
                        .map(append -> append.handle((outcome, failure) -> failure))
                        .map(append -> append.orTimeout(30, TimeUnit.SECONDS).join())
                        .filter(failure -> failure != null)
                        .toList();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(APPEND_TIMEOUT.multipliedBy(3));
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfAny(AppendFailure.Unavailable.class, AppendFailure.Unknown.class));
        return failures;
    }

    /** Null when it was appended. */
    private static Throwable failure(EventLog log, String payload) {
        return log.append(AppendRequest.of(event("chat.Large", payload)))
                .handle((outcome, failure) -> failure instanceof CompletionException e ? e.getCause() : failure)
                .join();
    }

    private static void goesOn(EventLog log) {
        await().atMost(AT_LAST)
                .ignoreExceptionsMatching(e -> e instanceof CompletionException)
                .untilAsserted(() -> appended(log, event("chat.After")));
    }

    /** What was called unavailable is not there; only what was called unknown may be. */
    private static void assertNothingHalfDone(EventLog log, List<Throwable> failures) {
        long unknown = failures.stream()
                .filter(AppendFailure.Unknown.class::isInstance)
                .count();
        List<RecordedEvent> events = all(log);
        assertThat(events).extracting(RecordedEvent::type).contains("chat.Before", "chat.After");
        assertThat(events.stream()
                        .filter(event -> event.type().equals("chat.Meanwhile"))
                        .count())
                .isLessThanOrEqualTo(unknown);
    }
}
