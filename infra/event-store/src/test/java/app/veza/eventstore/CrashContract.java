package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** kill -9 at random points under load. What was acknowledged is there once and whole, what was called failed is not there. */
abstract class CrashContract extends LogFixture {
    private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("veza.soak.minutes", 3));
    private static final Duration AT_LAST = Duration.ofSeconds(60);

    private final Random random = new Random();
    private final LoadHistory history = new LoadHistory();

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private EventLogConfig config;
    private String logId;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index")).withLimits(16_384, 1024, Duration.ofSeconds(10));
        try (EventLog log = EventLog.open(config, metrics)) {
            logId = log.logId();
        }
    }

    @AfterEach
    void goOn() {
        suite().servers().restart();
    }

    @Test
    void natsIsKilledUnderLoad() {
        killNats(System.nanoTime() + TimeUnit.SECONDS.toNanos(4));
    }

    @Test
    void whileNatsIsAwayAppendsFailAtOnceAndAfterwardsGoOn() {
        try (EventLog log = TestLog.open(config)) {
            TestLog.appended(log, TestLog.event("load.First"));
            suite().servers().kill();
            Awaitility.await()
                    .until(() -> log.append(AppendRequest.of(TestLog.event("load.Lost")))
                            .isCompletedExceptionally());
            assertThat(log.append(AppendRequest.of(TestLog.event("load.Lost"))).exceptionNow())
                    .isInstanceOfSatisfying(
                            AppendFailure.Unavailable.class,
                            failure -> assertThat(failure.retryAfter()).isPositive());
            assertThat(TestLog.all(log)).hasSize(1);
            suite().servers().restart();
            Awaitility.await()
                    .atMost(AT_LAST)
                    .until(() -> log.append(AppendRequest.of(TestLog.event("load.Second")))
                            .handle((outcome, failure) -> outcome instanceof AppendOutcome.Appended)
                            .join());
            assertThat(TestLog.all(log))
                    .extracting(RecordedEvent::type)
                    .startsWith("load.First")
                    .endsWith("load.Second");
        }
    }

    @Test
    void theAppendingProcessIsKilledUnderLoad() throws Exception {
        killWriters(System.nanoTime() + TimeUnit.SECONDS.toNanos(4), false);
    }

    @Test
    @Tag("soak")
    void natsIsKilledForMinutes() {
        killNats(System.nanoTime() + SOAK.toNanos() / 2);
    }

    @Test
    @Tag("soak")
    void bothAreKilledForMinutes() throws Exception {
        killWriters(System.nanoTime() + SOAK.toNanos() / 2, true);
    }

    private void killNats(long until) {
        try (EventLog log = EventLog.open(config, metrics)) {
            int kills = 0;
            try (var one = new LoadWriter(log, "one", history::add);
                    var two = new LoadWriter(log, "two", history::add)) {
                assertThat(List.of(one, two)).hasSize(2);
                while (System.nanoTime() < until || kills < 3) {
                    int before = history.appended();
                    Awaitility.await().atMost(AT_LAST).until(() -> history.appended() > before + random.nextInt(3000));
                    suite().servers().kill();
                    kills++;
                    suite().servers().restart();
                }
            }
            Awaitility.await()
                    .atMost(AT_LAST)
                    .until(() -> log.append(AppendRequest.of(TestLog.event("load.End")))
                            .handle((outcome, failure) -> outcome instanceof AppendOutcome.Appended)
                            .join());
        }
        assertHistory();
    }

    private void killWriters(long until, boolean natsToo) throws Exception {
        for (int life = 0; System.nanoTime() < until || life < 3; life++) {
            int appends = random.nextInt(2000);
            CountDownLatch enough = new CountDownLatch(appends);
            LoadNode writer = LoadNode.start(config, config.indexDirectory(), "life" + life, line -> {
                history.add(line);
                enough.countDown();
            });
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            if (natsToo && random.nextBoolean()) {
                suite().servers().kill();
                writer.kill();
                suite().servers().restart();
            } else {
                writer.kill();
            }
        }
        assertHistory();
    }

    /** As the surviving index tells it, and as an index that is built from the log alone does. */
    private void assertHistory() {
        List<RecordedEvent> events = check();
        IndexFiles.delete(config.indexDirectory());
        List<RecordedEvent> rebuilt = check();
        assertThat(rebuilt).hasSameSizeAs(events);
        assertThat(Arrays.equals(rebuilt.getLast().chainHash(), events.getLast().chainHash()))
                .isTrue();
        assertThat(history.appended()).isPositive();
    }

    private List<RecordedEvent> check() {
        try (EventLog log = EventLog.open(config, metrics)) {
            assertThat(log.logId()).as("nobody took it for another log").isEqualTo(logId);
            assertThat(metrics.get("event.log.index.rebuilds").counter().count())
                    .isZero();
            List<RecordedEvent> events = TestLog.all(log).stream()
                    .filter(e -> !e.type().equals("load.End"))
                    .toList();
            history.assertIsThatOf(events);
            history.assertEachPrizeWasWonOnce(events);
            return events;
        }
    }
}
