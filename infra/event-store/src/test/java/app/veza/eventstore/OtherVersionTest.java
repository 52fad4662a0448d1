package app.veza.eventstore;

import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While nodes are upgraded one by one, those that do not understand each other say so. */
class OtherVersionTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private NatsServer server;
    private EventLogConfig config;
    private Connection other;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")));
        config = TestLog.config(server.url(), directory.resolve("index"));
        other = Nats.connect(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        other.close();
        server.close();
    }

    @Test
    void theNodeThatSequencesAnswersWhatItCannotRead() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            TestLog.appended(log, event("chat.A"));
            Subscription replies = other.subscribe("_log." + config.streamName() + ".reply.other");
            byte[] fence = Chain.sha256(new byte[] {7});
            byte[] frame = new FrameWriter()
                    .putInt(EncodedAppend.LAYOUT + 1)
                    .putText("other")
                    .putBytes(fence)
                    .putText("what only the other version can read")
                    .toByteArray();
            other.publish("_log." + config.streamName() + ".forward." + sequencing(), frame);

            Message reply = replies.nextMessage(LONG);
            assertThat(reply).isNotNull();
            assertThat(ForwardReply.read(reply.getData()))
                    .usingRecursiveComparison()
                    .isEqualTo(List.of(new ForwardReply(
                            ForwardReply.ALL, 0, new ForwardReply.Answer.OtherLayout(fence, EncodedAppend.LAYOUT))));
        }
    }

    /** As the bucket of the lease has it. */
    private String sequencing() throws Exception {
        byte[] holder =
                other.keyValue(config.streamName() + "_LEASE").get("sequencer").getValue();
        return new String(holder, StandardCharsets.UTF_8);
    }

    @Test
    void whoeverHandedItOverIsToldThatNothingWasAppendedAndWhatToDo() throws Exception {
        var metrics = new LogMetrics(new SimpleMeterRegistry(), "S");
        try (var index = new LogIndex(config);
                var peers = new Peers(config, "this");
                var outcomes = new Outcomes(metrics, "S", () -> {})) {
            var tail = new LogTail(index);
            EncodedAppend fence = Fence.encode("log", "other", 1);
            tail.take(new StoredAppend(1, 1, Chain.next(Chain.genesis(), 1, fence), fence));
            peers.connect();
            Subscription frames = other.subscribe("_log." + config.streamName() + ".forward.other");
            other.flush(LONG);
            var forwarding = new Forwarding(
                    "this", 1, peers, tail, outcomes, new Failures(new Intake(1, 1), outcomes, origin -> {}));
            var append = new Handed.Append(
                    1,
                    System.nanoTime() + TimeUnit.MINUTES.toNanos(10),
                    null,
                    new WireFormat("log", 10, 1 << 20).encode("a", AppendRequest.of(event("chat.A"))),
                    null,
                    Handed.Searched.NOTHING);
            forwarding.add(append);
            forwarding.flush("other");
            assertThat(frames.nextMessage(LONG)).isNotNull();

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
    }
}
