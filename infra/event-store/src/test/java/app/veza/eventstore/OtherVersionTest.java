package app.veza.eventstore;

import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
}
