package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was paused tells the stream's end as it was before: the log that goes on behind it is not another one. */
class StaleServerTest {
    private static final int EVENTS = 20;
    private static final Pattern LAST = Pattern.compile("\"last_seq\":(\\d+)");

    @TempDir
    Path directory;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger stale = new AtomicInteger();
    private EventLogConfig config;
    private CutOffLine line;
    private EventLog other;

    @BeforeEach
    void open() throws IOException {
        config = TestLog.config(directory.resolve("other"));
        line = new CutOffLine(config.natsUrl());
        other = TestLog.open(config);
        Awaitility.await().until(other::isSequencing);
        for (int i = 0; i < EVENTS; i++) {
            appended(other, event("chat.A"));
        }
    }

    @AfterEach
    void close() throws IOException {
        line.mend();
        other.close();
        line.close();
    }

    @Test
    void aNodeThatKnowsMoreLooksAgain() {
        try (EventLog log = openThroughLine()) {
            String logId = log.logId();
            assertThat(all(log)).hasSize(EVENTS);
            line.falsify(this::endEarlier);
            Awaitility.await().until(() -> stale.get() > 3);
            line.falsify(piece -> {});
            appended(log, event("chat.B"));
            Awaitility.await().until(log::isCaughtUp);
            assertThat(all(log)).hasSize(EVENTS + 1);
            assertThat(log.logId()).isEqualTo(logId).isEqualTo(other.logId());
            assertThat(metrics.get("event.log.index.rebuilds").counter().count())
                    .isZero();
        }
    }

    /** It has not read that far, and is not told that there is more. */
    @Test
    void whatIsRememberedIsLookedForBehindThatEnd() {
        assertThat(all(other)).hasSize(EVENTS);
        String logId = other.logId();
        line.falsify(this::endEarlier);
        try (EventLog log = openThroughLine()) {
            log.disown(logId, EVENTS - 2, other.chainHash(EVENTS - 2).orElseThrow());
            Awaitility.await().until(() -> log.indexedPosition() >= EVENTS - 2);
            assertThat(log.logId()).isEqualTo(logId);
            line.falsify(piece -> {});
            Awaitility.await().until(log::isCaughtUp);
            assertThat(all(log)).hasSize(EVENTS);
            assertThat(log.logId()).isEqualTo(logId).isEqualTo(other.logId());
        }
    }

    private EventLog openThroughLine() {
        return EventLog.open(
                EventLogConfig.defaults(line.url(), directory.resolve("index")).withStream(config.streamName()),
                metrics);
    }

    /** Of the log's stream, which holds a fence beside its events; that of the lease does not matter. */
    private void endEarlier(ByteBuffer piece) {
        String text = new String(piece.array(), 0, piece.limit(), StandardCharsets.ISO_8859_1);
        Matcher last = LAST.matcher(text);
        while (last.find()) {
            if (Integer.parseInt(last.group(1)) > EVENTS) {
                byte[] earlier =
                        "5".concat(" ".repeat(last.group(1).length() - 1)).getBytes(StandardCharsets.ISO_8859_1);
                System.arraycopy(earlier, 0, piece.array(), last.start(1), earlier.length);
                stale.incrementAndGet();
            }
        }
    }
}
