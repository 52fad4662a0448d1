package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the index that rot or go while it is in use: it is built anew by itself, and nothing false is served meanwhile. */
class IndexDamageTest {
    private static final Tag ROOM = new Tag("room", "7");
    private static final int APPENDS = 12_000;
    /** As many as there is room for, and a divisor of all. */
    private static final int AT_ONCE = 50;
    /** One each: the common pool may be one for all. */
    private static final Executor THREADS =
            reader -> Thread.ofPlatform().daemon().start(reader);

    @TempDir
    Path directory;

    private EventLogConfig config;
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void fill() {
        // The smallest cache: what is read comes from the files
        config = TestLog.withSmallCache(TestLog.config(directory));
        try (EventLog log = TestLog.open(config)) {
            var outcomes = new ArrayList<CompletableFuture<AppendOutcome>>();
            for (int i = 0; i < APPENDS; i++) {
                outcomes.add(
                        log.append(AppendRequest.of(event("chat.T" + i % 3, "{\"text\":\"" + text(i) + "\"}", ROOM))
                                .forCommand("c" + i, "f")));
                if (outcomes.size() == AT_ONCE) {
                    outcomes.forEach(CompletableFuture::join);
                    outcomes.clear();
                }
            }
            all(log);
        }
    }

    /** A third of all files in turn: which one it is decides who meets the damage, the opening, a reader, a compaction or the last flush. */
    @Test
    void filesThatAreGoneAreNoticedAndTheIndexIsBuiltAnew() {
        for (int file = 0; file < files().size(); file += 3) {
            delete(files().get(file));
            try (EventLog log = EventLog.open(config, metrics)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .untilAsserted(() -> {
                            assertThat(all(log)).hasSize(APPENDS);
                            assertThat(log.source(Criteria.tagged(ROOM), 0))
                                    .toIterable()
                                    .hasSize(APPENDS);
                            assertThat(log.appendedBy("c77")).contains(new AppendOutcome.Duplicate(78, 78, "f"));
                        });
            }
        }
    }

    @Test
    void rottenFilesAreNoticedAndTheIndexIsBuiltAnew() {
        try (EventLog log = EventLog.open(config, metrics)) {
            flipBytes();
            var stop = new AtomicBoolean();
            var readers = Stream.<Supplier<List<?>>>of(
                            () -> falsely(log.source(Criteria.tagged(ROOM), 0)),
                            () -> falsely(log.browse(
                                    EventQuery.of(Criteria.tagged(ROOM)).backwards())),
                            () -> log.read(0, APPENDS).size() == APPENDS ? List.of() : List.of("a short read"),
                            () -> log.chainHash(APPENDS / 2).isPresent() ? List.of() : List.of("no chain hash"),
                            () -> log.appendedBy("c77").equals(Optional.of(new AppendOutcome.Duplicate(78, 78, "f")))
                                    ? List.of()
                                    : List.of("a command unknown"),
                            () -> log.positionAt(java.time.Instant.EPOCH) == 0 ? List.of() : List.of("an instant"))
                    .map(reader -> CompletableFuture.supplyAsync(() -> untilStopped(reader, stop), THREADS))
                    .toList();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            metrics.get("event.log.index.rebuilds").counter().count() > 0);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> log.read(0, 1).size() == 1);
            stop.set(true);

            assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isEmpty());
            assertThat(all(log)).hasSize(APPENDS);
            assertThat(appended(log, event("chat.End")))
                    .isEqualTo(new AppendOutcome.Appended(APPENDS + 1, APPENDS + 1));
        }
    }

    /** What was answered and is not true; to be unavailable is true. */
    private static List<Object> untilStopped(Supplier<List<?>> reader, AtomicBoolean stop) {
        List<Object> falseAnswers = new ArrayList<>();
        while (!stop.get() && falseAnswers.isEmpty()) {
            try {
                falseAnswers.addAll(reader.get());
            } catch (AppendFailure.Unavailable | IndexException unavailable) {
                Thread.onSpinWait();
            }
        }
        return falseAnswers;
    }

    private static List<?> falsely(java.util.Iterator<RecordedEvent> events) {
        int count = 0;
        for (; events.hasNext(); events.next()) {
            count++;
        }
        return count == APPENDS ? List.of() : List.of("only " + count);
    }

    private void flipBytes() {
        for (Path file : files()) {
            try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                for (long at = 100; at < bytes.length() - 2000; at += 512) {
                    bytes.seek(at);
                    int old = bytes.read();
                    bytes.seek(at);
                    bytes.write(old ^ 0x40);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(config.indexDirectory())) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(int i) {
        return Long.toHexString(i * 0x9E3779B97F4A7C15L).repeat(20);
    }
}
