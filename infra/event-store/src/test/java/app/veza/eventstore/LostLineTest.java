package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node that sequences loses its line to NATS under load: another takes over, and nothing that either was told is wrong. */
class LostLineTest {
    private static final Tag ROOM = new Tag("room", "7");
    /** Twice what is aimed at: it is measured once, and the machine may have other things to do. */
    private static final Duration TAKEOVER = Duration.ofSeconds(4);

    @TempDir
    Path directory;

    private final LoadHistory history = new LoadHistory();
    private CutOffLine line;
    private EventLog lost;
    private EventLog other;

    @BeforeEach
    void open() throws IOException {
        EventLogConfig config = TestLog.config(directory.resolve("other"));
        line = new CutOffLine(config.natsUrl());
        lost = TestLog.open(
                EventLogConfig.defaults(line.url(), directory.resolve("lost")).withStream(config.streamName()));
        Awaitility.await().until(lost::isSequencing);
        other = TestLog.open(config);
    }

    @AfterEach
    void close() throws IOException {
        line.mend();
        lost.close();
        other.close();
        line.close();
    }

    @Test
    void anotherTakesOverWhenTheLineIsCut() throws IOException {
        try (var one = new LoadWriter(lost, "one", history::add);
                var two = new LoadWriter(other, "two", history::add)) {
            assertThat(one).isNotSameAs(two);
            appendsGoOn();
            history.takeLongestSilence();
            line.cut();
            Awaitility.await().until(other::isSequencing);
            appendsGoOn();
            assertThat(history.takeLongestSilence()).isLessThan(TAKEOVER);
            line.mend();
            appendsGoOn();
        }
        assertHistory();
    }

    @Test
    void anotherTakesOverWhenTheLineFallsSilent() {
        try (var one = new LoadWriter(lost, "one", history::add);
                var two = new LoadWriter(other, "two", history::add)) {
            assertThat(one).isNotSameAs(two);
            appendsGoOn();
            line.fallSilent();
            Awaitility.await().until(other::isSequencing);
            appendsGoOn();
            line.mend();
            appendsGoOn();
        }
        assertHistory();
    }

    /** Who was cut off knows that it does not know: it may not call current what another has changed. */
    @Test
    void whoIsCutOffDoesNotCallAnythingCurrent() {
        TestLog.appended(lost, TestLog.event("chat.A", ROOM));
        assertThat(lost.isCurrent(Criteria.tagged(ROOM), 1).join()).isTrue();
        line.fallSilent();
        Awaitility.await().until(other::isSequencing);
        TestLog.appended(other, TestLog.event("chat.B", ROOM));
        CompletableFuture<Boolean> current = lost.isCurrent(Criteria.tagged(ROOM), 1);
        assertThat(current.handle((answer, failure) -> failure != null || !answer)
                        .join())
                .isTrue();
    }

    @Test
    void whoIsCutOffDoesNotTakeWhatItReadForAll() {
        TestLog.appended(other, TestLog.event("chat.A", ROOM));
        Awaitility.await().until(lost::isCaughtUp);
        line.fallSilent();
        assertThat(lost.isCaughtUp()).as("nobody answers").isFalse();
        Awaitility.await().until(other::isSequencing);
        TestLog.appended(other, TestLog.event("chat.B", ROOM));
        assertThat(lost.isCaughtUp()).isFalse();
        assertThat(other.isCaughtUp()).isTrue();
        line.mend();
        Awaitility.await().until(lost::isCaughtUp);
        assertThat(lost.indexedPosition()).isEqualTo(2);
    }

    private void appendsGoOn() {
        int before = history.appended();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> history.appended() > before + 1000);
    }

    private void assertHistory() {
        Awaitility.await()
                .until(() -> lost.append(AppendRequest.of(TestLog.event("load.End")))
                        .handle((outcome, failure) -> outcome instanceof AppendOutcome.Appended)
                        .join());
        var events = TestLog.all(lost).stream()
                .filter(event -> !event.type().equals("load.End"))
                .toList();
        history.assertIsThatOf(events);
        history.assertEachPrizeWasWonOnce(events);
        assertThat(TestLog.all(other)).hasSizeGreaterThanOrEqualTo(events.size());
    }
}
