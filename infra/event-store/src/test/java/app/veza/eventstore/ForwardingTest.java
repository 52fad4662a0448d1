package app.veza.eventstore;

import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node has handed over, and what becomes of it by what it reads. */
class ForwardingTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Outcomes outcomes = new Outcomes(new LogMetrics(new SimpleMeterRegistry(), "S"), "S", () -> {});
    private final StoredAppend fence = stored(1, Chain.genesis(), Fence.encode("log", "other", 1));
    private Connection other;
    private LogIndex index;
    private Peers peers;
    private LogTail tail;
    private Forwarding forwarding;
    private Subscription frames;

    @BeforeEach
    void readTheFence() throws Exception {
        EventLogConfig config = TestLog.config(directory.resolve("index"));
        other = Nats.connect(config.natsUrl());
        index = new LogIndex(config);
        peers = new Peers(config, "this");
        peers.connect();
        tail = new LogTail(index);
        tail.take(fence);
        frames = other.subscribe("_log." + config.streamName() + ".forward.other");
        other.flush(LONG);
        forwarding = new Forwarding(
                "this", 1 << 20, peers, tail, outcomes, new Failures(new Intake(1, 1), outcomes, origin -> {}));
    }

    @AfterEach
    void close() throws Exception {
        outcomes.close();
        peers.close();
        index.close();
        other.close();
    }

    private static StoredAppend stored(long sequence, byte[] before, EncodedAppend append) {
        return new StoredAppend(sequence, sequence, Chain.next(before, sequence, append), append);
    }

    private Handed.Append handedOver(long ticket) throws InterruptedException {
        var append = new Handed.Append(
                ticket,
                System.nanoTime() + TimeUnit.MINUTES.toNanos(10),
                null,
                new WireFormat("log", 10, 1 << 20).encode("a" + ticket, AppendRequest.of(event("chat.A"))),
                null,
                Handed.Searched.NOTHING);
        forwarding.add(append);
        forwarding.flush("other");
        assertThat(frames.nextMessage(LONG)).isNotNull();
        return append;
    }

    /** As when the index is found damaged: what is in the log may be told or done twice else. */
    @Test
    void isNotEndedByAFenceThatWasReadBeforeAndIsReadAgain() throws Exception {
        Handed.Append first = handedOver(1);
        tail.forget("");
        tail.take(fence);
        forwarding.fenced(fence);
        assertThat(forwarding.sent()).as("still waits for its outcome").isEqualTo(1);

        forwarding.found(stored(2, fence.chainHash(), first.append));
        outcomes.flush();
        assertThat(first.future.get(30, TimeUnit.SECONDS)).isEqualTo(new AppendOutcome.Appended(2, 2));
    }

    @Test
    void isHandedToTheNextByAFenceThatIsNew() throws Exception {
        Handed.Append append = handedOver(1);
        StoredAppend next = stored(2, fence.chainHash(), Fence.encode("log", "next", 1));
        tail.take(next);
        forwarding.fenced(next);
        assertThat(forwarding.sent()).isZero();
        assertThat(forwarding.takeWaiting()).containsExactly(append);
    }

    @Test
    void isToldThatNothingWasAppendedAndWhatToDoWhereItIsNotUnderstood() throws Exception {
        Handed.Append append = handedOver(1);
        byte[] earlier = Chain.sha256(new byte[] {1});
        forwarding.replied(new ForwardReply(0, 0, new ForwardReply.Answer.OtherLayout(earlier, 9)));
        assertThat(forwarding.sent()).as("of another fence").isEqualTo(1);

        forwarding.replied(new ForwardReply(0, 0, new ForwardReply.Answer.OtherLayout(tail.fenceHash(), 9)));
        outcomes.flush();
        assertThatThrownBy(() -> append.future.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(AppendFailure.Unavailable.class)
                .hasMessageContaining("nothing was appended")
                .hasMessageContaining("upgrade all nodes");
        assertThat(forwarding.isIdle()).isTrue();
    }

    @Test
    void goesOnOverANewConnectionWhenTheClientGaveUp() throws Exception {
        var config = TestLog.config(directory.resolve("lease"));
        try (var peers = new Peers(config, "this");
                var another = new Peers(config, "another");
                var lease = new Lease(config, "this", peers, () -> true, () -> {})) {
            another.connect();
            peers.connect();
            lease.start();
            Awaitility.await().until(lease::isMine);
            peers.nats().close();
            Awaitility.await().until(() -> peers.isConnected() && lease.isMine());
            assertThat(another.isGone("this")).as("it is listened on").isFalse();
            assertThat(another.isGone("nobody")).isTrue();
        }
    }
}
