package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the node that sequences sends, and what a node that follows makes of frames that come twice, late or not at all. */
class ReplicationTest {
    private static final String LOG = "this log";

    private final WireFormat format = new WireFormat("test.log", 100, 1 << 20);
    private final List<StoredAppend> log = new ArrayList<>();
    private final Replicated replicated = new Replicated();

    @TempDir
    Path directory;

    @BeforeEach
    void fill() {
        LogPoint point = LogPoint.ORIGIN;
        for (int i = 0; i < 6; i++) {
            EncodedAppend append = i == 0
                    ? Fence.encode("test.log", "node", 1)
                    : format.encode("append-" + i, new AppendRequest(events(i), null, "command " + i, "print"));
            long position = point.position() + 1;
            byte[] chain = Chain.next(point.chainHash(), position, append);
            log.add(new StoredAppend(i + 1, position, chain, append));
            point = log.getLast().point();
        }
    }

    private static List<NewEvent> events(int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new NewEvent(
                    "id" + count + i,
                    "chat.Sent",
                    "1",
                    Instant.parse("2026-01-02T03:04:05.678Z"),
                    List.of(new Tag("room", "é" + i)),
                    Map.of(EventMetadata.CORRELATION_ID, "c" + i),
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        }
        return events;
    }

    /** @param from index of the first @param to of the one after the last */
    private byte[] frame(String logId, int from, int to) {
        var frame = new FrameWriter();
        Replication.begin(
                frame, logId, from == 0 ? Chain.genesis() : log.get(from - 1).chainHash());
        log.subList(from, to).forEach(append -> Replication.add(frame, append));
        return Replication.end(frame, to);
    }

    @Test
    void whatIsSentComesBack() {
        Replication read = Replication.read(frame(LOG, 0, 6));
        assertThat(read.logId()).isEqualTo(LOG);
        assertThat(read.settledSequence()).isEqualTo(6);
        assertThat(read.appends()).hasSize(6);
        for (StoredAppend append : read.appends()) {
            append.append().events().forEach(EncodedEvent::tags);
        }
        assertThat(read.appends()).usingRecursiveComparison().isEqualTo(log);
    }

    @Test
    void anyChangedByteIsNoticed() {
        byte[] frame = frame(LOG, 0, 4);
        for (int i = 0; i < frame.length; i++) {
            byte[] changed = frame.clone();
            changed[i] ^= 4;
            assertThatThrownBy(() -> Replication.read(changed)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void whatDoesNotContinueTheAppendBeforeItIsNotTaken() {
        var frame = new FrameWriter();
        Replication.begin(frame, LOG, Chain.genesis());
        Replication.add(frame, log.get(0));
        Replication.add(frame, log.get(2));
        byte[] gap = Replication.end(frame, 3);
        assertThatThrownBy(() -> Replication.read(gap)).hasMessageContaining("does not continue");

        StoredAppend other = log.get(1);
        Replication.begin(frame, LOG, Chain.genesis());
        Replication.add(frame, log.get(0));
        Replication.add(
                frame, new StoredAppend(2, 1, other.chainHash(), log.get(2).append()));
        byte[] replaced = Replication.end(frame, 2);
        assertThatThrownBy(() -> Replication.read(replaced)).hasMessageContaining("does not continue");
    }

    @Test
    void aFrameOfAnotherVersionIsToldFromADamagedOne() {
        byte[] frame = frame(LOG, 0, 1);
        ByteBuffer.wrap(frame).putInt(0, EncodedAppend.LAYOUT + 1);
        assertThatThrownBy(() -> Replication.read(frame)).isInstanceOf(OtherLayoutException.class);
    }

    @Test
    void framesThatCameTwiceOrOverlapAreTakenOnceAndGapsAreReadFromTheStream() {
        try (var index = new LogIndex(EventLogConfig.defaults("nats://127.0.0.1:1", directory.resolve("index")))) {
            var tail = new LogTail(index);
            tail.reached(LOG, LogPoint.ORIGIN, 0);
            assertThat(replicated.next(tail)).isNull();

            replicated.received(frame(LOG, 0, 2));
            replicated.received(frame(LOG, 0, 2));
            replicated.received(frame(LOG, 1, 3));
            replicated.received(frame("another log", 3, 6));
            replicated.received(frame(LOG, 4, 6));
            assertThat(taken(tail)).containsExactly(1L, 2L, 3L);
            assertThat(replicated.missing(tail, 99))
                    .as("up to what was sent, not to the stream's end")
                    .isEqualTo(4);

            tail.take(log.get(3));
            assertThat(taken(tail)).containsExactly(5L, 6L);
            assertThat(replicated.missing(tail, 6)).isEqualTo(6);
        }
    }

    /** The node that sequences may take another moment to notice that the log has another id. */
    @Test
    void whatIsSentOfAnotherLogIsReadFromTheStream() {
        try (var index = new LogIndex(EventLogConfig.defaults("nats://127.0.0.1:1", directory.resolve("index")))) {
            var tail = new LogTail(index);
            tail.reached(LOG, LogPoint.ORIGIN, 0);
            replicated.received(frame(LOG, 0, 2));
            assertThat(taken(tail)).containsExactly(1L, 2L);
            replicated.received(frame("the log before", 2, 4));
            assertThat(replicated.next(tail)).isNull();
            assertThat(replicated.missing(tail, 9)).isEqualTo(9);
        }
    }

    @Test
    void whatGoesOnFromAnotherHashIsReadFromTheStream() {
        try (var index = new LogIndex(EventLogConfig.defaults("nats://127.0.0.1:1", directory.resolve("index")))) {
            var tail = new LogTail(index);
            tail.reached(LOG, new LogPoint(2, 1, Chain.sha256(new byte[] {1})), 2);
            replicated.received(frame(LOG, 2, 4));
            assertThat(replicated.next(tail)).isNull();
            assertThat(replicated.missing(tail, 2)).isEqualTo(4);
        }
    }

    private List<Long> taken(LogTail tail) {
        List<Long> sequences = new ArrayList<>();
        for (Replication next = replicated.next(tail); next != null; next = replicated.next(tail)) {
            for (StoredAppend append : next.appends()) {
                if (append.sequence() > tail.streamSequence()) {
                    tail.take(append);
                    sequences.add(append.sequence());
                }
            }
        }
        return sequences;
    }
}
