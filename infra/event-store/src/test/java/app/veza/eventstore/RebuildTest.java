package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that is built anew takes as long as the log is: nobody waits for that whose time is out. */
class RebuildTest {
    private static final int APPENDS = 6000;
    private static final String TEXT = "{\"text\":\"%s\"}".formatted("abcdefghij".repeat(200));
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void whatWasPublishedBeforeExpiresMeanwhile() throws Exception {
        EventLogConfig config = TestLog.config(directory.resolve("index")).withLimits(4096, 1024, PATIENCE);
        try (EventLog log = TestLog.open(TestLog.withSmallCache(config))) {
            fill(log);
        }
        try (CutOffLine line = new CutOffLine(config.natsUrl());
                EventLog log = open(config, line)) {
            Awaitility.await().until(() -> log.isSequencing() && inFlight() == 0);
            damage(config.indexDirectory());
            line.fallSilent();
            CompletableFuture<AppendOutcome> published = log.append(AppendRequest.of(event("chat.Published")));
            Awaitility.await().until(() -> inFlight() == 1);
            Awaitility.await().until(() -> {
                read(log);
                return rebuilds() == 1;
            });
            line.mend();
            line.slowDown(Duration.ofMillis(40));

            assertThatThrownBy(() -> published.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(AppendFailure.Unknown.class)
                    .hasMessageContaining("index of the log is being built anew");
            assertThat(log.indexedPosition()).as("it goes on").isLessThan(APPENDS);
            line.mend();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(AppendFailure.Unavailable.class)
                    .until(log::isCaughtUp);
            assertThat(all(log)).hasSizeBetween(APPENDS, APPENDS + 1);
            assertThat(TestLog.appended(log, event("chat.Last")).firstPosition())
                    .isEqualTo(log.head());
        }
    }

    /** With the smallest cache: what is read comes from the files. */
    private EventLog open(EventLogConfig config, CutOffLine line) {
        EventLogConfig throughLine = LogFixture.withUrl(config, line.url()).withLimits(4096, 1024, PATIENCE);
        return EventLog.open(TestLog.withSmallCache(throughLine), metrics);
    }

    private static void fill(EventLog log) {
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < APPENDS; i++) {
            outcomes.add(log.append(AppendRequest.of(event("chat.A", TEXT))));
            if (outcomes.size() == 50) {
                outcomes.forEach(CompletableFuture::join);
                outcomes.clear();
            }
        }
        assertThat(log.awaitIndexed(APPENDS, Duration.ofSeconds(30))).isTrue();
    }

    private static void read(EventLog log) {
        try {
            log.read(0, APPENDS);
        } catch (AppendFailure.Unavailable | IndexException damaged) {
            assertThat(damaged).hasMessageContaining("index");
        }
    }

    private static void damage(Path index) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    for (long at = 100; at < bytes.length() - 2000; at += 512) {
                        bytes.seek(at);
                        int old = bytes.read();
                        bytes.seek(at);
                        bytes.write(old ^ 0x40);
                    }
                }
            }
        }
    }

    private double inFlight() {
        return metrics.get("event.log.in.flight").gauge().value();
    }

    private double rebuilds() {
        return metrics.get("event.log.index.rebuilds").counter().count();
    }
}
