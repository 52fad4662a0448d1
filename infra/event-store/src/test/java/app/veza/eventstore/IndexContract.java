package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a node's index: gone, of another log or layout, not to be written for a while. */
abstract class IndexContract extends LogFixture {
    private static final Tag ROOM = new Tag("room", "7");

    private EventLogConfig config;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index"));
    }

    @Test
    void aDeletedIndexIsBuiltFromTheLog() {
        List<RecordedEvent> before;
        try (EventLog log = TestLog.open(config)) {
            for (int i = 0; i < 300; i++) {
                log.append(AppendRequest.of(event("chat.A", ROOM)).forCommand("c" + i, "f" + i));
                log.append(AppendRequest.of(
                        event("chat.B", "{\"é\": [1, {\"x\":2}]}", ROOM), event("chat.C", "plain", HOSTILE)));
            }
            appended(log, event("chat.End"));
            before = all(log);
        }
        IndexFiles.delete(config.indexDirectory());
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log))
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(before)
                    .hasSize(901);
            assertThat(append(log, AppendRequest.of(event("chat.A")).forCommand("c7", "f")))
                    .isInstanceOfSatisfying(
                            AppendOutcome.Duplicate.class,
                            d -> assertThat(d.fingerprint()).isEqualTo("f7"));
        }
    }

    /** As on a disk that is full for a while: directories stand where the index's next files would. */
    @Test
    void anIndexThatCannotBeWrittenForAWhileIsNotBuiltAnew() throws IOException {
        try (EventLog log = TestLog.open(config)) {
            // What was flushed is to stay
            appended(log, event("chat.A", ROOM));
        }
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (EventLog log = EventLog.open(TestLog.withSmallCache(config), metrics)) {
            List<Path> inTheWay = standInTheWay();
            Counter recoveries = metrics.get("event.log.recoveries").counter();
            double before = recoveries.count();
            for (int i = 0; recoveries.count() == before && i < 12_000; i++) {
                log.append(AppendRequest.of(
                                event("chat.A", Integer.toHexString(i).repeat(200), ROOM)))
                        .exceptionally(unavailable -> null)
                        .join();
            }
            assertThat(recoveries.count()).isGreaterThan(before);
            for (Path directory : inTheWay) {
                Files.deleteIfExists(directory);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(all(log)).isNotEmpty().hasSize((int) log.head()));
            assertThat(rebuilds(metrics)).isZero();
        }
    }

    /** Not the old log files of RocksDB, whose names bear the time. */
    private static final Pattern NUMBERED = Pattern.compile("(?:[A-Z]+-)?(\\d{6})(?:\\.[a-z]+)?");

    private List<Path> standInTheWay() throws IOException {
        long last = 0;
        try (Stream<Path> files = Files.list(config.indexDirectory())) {
            for (Path file : files.toList()) {
                Matcher numbered = NUMBERED.matcher(file.getFileName().toString());
                last = Math.max(last, numbered.matches() ? Long.parseLong(numbered.group(1)) : 0);
            }
        }
        List<Path> made = new ArrayList<>();
        for (long number = last + 1; number <= last + 200; number++) {
            made.add(Files.createDirectory(config.indexDirectory().resolve("%06d.sst".formatted(number))));
        }
        return made;
    }

    /** A long log takes minutes, and so would closing a node that is building its index. */
    @Test
    void whoIsBeingClosedDoesNotReadTheLogToItsEnd() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A"));
        }
        EventLogConfig elsewhere = elsewhere(config, directory.resolve("second"));
        try (var index = new LogIndex(elsewhere);
                var feed = new IndexFeed(index, null, Long.MAX_VALUE, 1 << 20, config.streamName());
                LogConnection connection = LogConnection.open(elsewhere, new Unheard())) {
            var catchUp = new CatchUp(
                    index, feed, FormerLog.NONE, new LogMetrics(new SimpleMeterRegistry(), config.streamName()));
            assertThatThrownBy(() -> catchUp.run(connection, new Checkpoint("", LogPoint.ORIGIN), new Closing()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed");
            assertThat(index.indexedPosition()).isZero();
        }
    }

    private record Unheard() implements LogConnection.Listener {
        @Override
        public void replied(LogConnection.Reply reply) {}

        @Override
        public void lost(LogConnection connection) {}
    }

    private record Closing() implements CatchUp.Reader {
        @Override
        public void forget(String logId) {}

        @Override
        public void read(StoredAppend append) {}

        @Override
        public boolean goesOn() {
            return false;
        }
    }

    private static final Tag HOSTILE = new Tag("a.b *>", "\n\r\t~%&=\"\\ 😀");

    @Test
    void anIndexOfAnotherLogIsNoticed() {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A", ROOM), event("chat.B", ROOM));
        }
        EventLogConfig other = config(config.indexDirectory());
        EventLogConfig elsewhere = elsewhere(other, directory.resolve("second"));
        TestLog.open(elsewhere).close();
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (EventLog log = EventLog.open(other, metrics)) {
            assertThat(log.head()).isZero();
            assertThat(all(log)).isEmpty();
            assertThat(rebuilds(metrics)).isEqualTo(1);
            assertThat(appended(log, event("chat.C"))).isEqualTo(new AppendOutcome.Appended(1, 1));
        }
    }

    @Test
    void anIndexOfAnotherLayoutIsBuiltAnew() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            append(log, AppendRequest.of(event("chat.A", ROOM)).forCommand("c", "f"));
        }
        try (IndexFiles files = IndexFiles.open(config)) {
            files.db().delete(IndexKeys.CHECKPOINT);
            files.db().delete(files.commands(), IndexKeys.command("c"));
            files.flush();
        }
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).hasSize(1);
            assertThat(log.appendedBy("c")).contains(new AppendOutcome.Duplicate(1, 1, "f"));
        }
    }

    private static double rebuilds(MeterRegistry metrics) {
        return metrics.get("event.log.index.rebuilds").counter().count();
    }
}
