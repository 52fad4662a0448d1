package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Reading ahead changes when events are read, never which ones, nor in what order. */
class LogReaderTest {

    private static final int CHUNK = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Projection DEPOSITS = new RedisProjection() {
        @Override
        public String name() {
            return "deposits";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Set<String> eventTypes() {
            return Set.of(Ledger.DEPOSITED);
        }

        @Override
        public void apply(RedisBatch batch, List<Recorded<?>> events) {
            throw new AssertionError("Nothing is applied here");
        }
    };

    /** Tells where it was read, and fails or waits when it is told to. */
    private static final class WatchedLog implements EventLog {
        private volatile ListLog log;
        private final Queue<Long> reads = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean failsOnce = new AtomicBoolean();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        WatchedLog(ListLog log) {
            this.log = log;
        }

        @Override
        public List<? extends LoggedEvent> read(long after, int maxEvents) {
            reads.add(after);
            if (after > 0) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (failsOnce.compareAndSet(true, false)) {
                    throw new IllegalStateException("The log is away");
                }
            }
            return log.read(after, maxEvents);
        }

        @Override
        public String logId() {
            return log.logId();
        }

        @Override
        public long head() {
            return log.head();
        }

        @Override
        public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
            return log.awaitPast(position, atMost);
        }

        @Override
        public boolean isCaughtUp() {
            return log.isCaughtUp();
        }

        @Override
        public Optional<byte[]> chainHash(long position) {
            return log.chainHash(position);
        }

        @Override
        public void disown(String logId, long position, byte[] chainHash) {
            log.disown(logId, position, chainHash);
        }
    }

    private final List<Object> history = Ledger.history(6 * CHUNK + 123, 1);
    private final WatchedLog log = new WatchedLog(new ListLog("first", history));

    @Test
    void everyHandledEventComesOnceAndInOrder() throws InterruptedException {
        List<Long> handled = new ArrayList<>();
        try (LogReader reader = new LogReader(DEPOSITS, log, 10)) {
            long at = 0;
            LogReader.Page page;
            do {
                page = reader.read(at);
                page.events().stream()
                        .filter(event -> event.type().equals(Ledger.DEPOSITED))
                        .forEach(event -> handled.add(event.position()));
                at = page.events().getLast().position();
            } while (!page.end());
            assertThat(at).isEqualTo(history.size());
            assertThat(reader.read(at)).isEqualTo(new LogReader.Page(List.of(), true));
        }
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i) instanceof Ledger.Deposited) {
                expected.add(i + 1L);
            }
        }
        assertThat(handled).isEqualTo(expected);
        assertThat(log.reads).as("no chunk is read twice").doesNotHaveDuplicates();
    }

    @Test
    void whoTakesOnlyAPartGetsTheRestWithoutReadingAgain() throws InterruptedException {
        try (LogReader reader = new LogReader(DEPOSITS, log, 10)) {
            LogReader.Page whole = reader.read(0);
            for (int taken : new int[] {1, 17, whole.events().size() - 1}) {
                LogReader.Page rest = reader.read(whole.events().get(taken - 1).position());
                assertThat(rest.events())
                        .isEqualTo(whole.events().subList(taken, whole.events().size()));
                assertThat(rest.end()).isFalse();
            }
        }
        assertThat(log.reads).filteredOn(after -> after < CHUNK).containsExactly(0L);
    }

    @Test
    void noMoreIsHeldThanTwoChunksAhead() throws InterruptedException {
        try (LogReader reader = new LogReader(DEPOSITS, log, 10)) {
            reader.read(0);
            await().atMost(PATIENCE).until(() -> log.reads.size() == 3);
            reader.read(1);
            reader.read(2);
        }
        assertThat(log.reads).containsExactlyInAnyOrder(0L, (long) CHUNK, 2L * CHUNK);
    }

    @Test
    void ofALogThatWasReplacedNothingIsGivenOut() throws InterruptedException {
        try (LogReader reader = new LogReader(DEPOSITS, log, 10)) {
            long last = reader.read(0).events().getLast().position();
            await().atMost(PATIENCE).until(() -> log.reads.size() == 3);
            ListLog other = new ListLog("second", Ledger.history(3 * CHUNK, 2));
            log.log = other;
            assertThat(reader.read(last).events())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.chainHash())
                            .isEqualTo(other.chainHash(event.position()).orElseThrow()));
            assertThat(reader.read(10).events())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.chainHash())
                            .isEqualTo(other.chainHash(event.position()).orElseThrow()));
        }
    }

    @Test
    void whatFailsAheadIsReadAgain() throws InterruptedException {
        log.failsOnce.set(true);
        try (LogReader reader = new LogReader(DEPOSITS, log, 10)) {
            reader.read(0);
            await().atMost(PATIENCE).until(() -> !log.failsOnce.get());
            List<Long> positions = new ArrayList<>();
            for (LogReader.Page page = reader.read(0); !page.end(); ) {
                page = reader.read(page.events().getLast().position());
                page.events().forEach(event -> positions.add(event.position()));
            }
            assertThat(positions).isSorted().doesNotHaveDuplicates().endsWith((long) history.size());
        }
    }

    @Test
    void aFailureOfTheLogReachesWhoReads() throws InterruptedException {
        try (LogReader reader = new LogReader(DEPOSITS, log, 10)) {
            log.failsOnce.set(true);
            assertThatThrownBy(() -> reader.read(3L * CHUNK)).hasMessage("The log is away");
            assertThat(reader.read(3L * CHUNK).events()).isNotEmpty();
        }
    }

    @Test
    void whenItIsClosedNobodyReadsAnyMore() throws Exception {
        log.gate = new CountDownLatch(1);
        LogReader reader = new LogReader(DEPOSITS, log, 10);
        reader.read(0);
        await().atMost(PATIENCE).until(() -> log.reads.size() == 3);
        Thread closing = Thread.ofPlatform().start(reader::close);
        log.gate.countDown();
        closing.join();
        // a thread that has done its last work may still be on its way out
        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("projection-deposits-ahead")));
        assertThat(log.reads).hasSize(3);
    }
}
