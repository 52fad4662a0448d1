package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is what stands in the stream, whatever is sent to a node that follows. */
class MisledNodeTest {
    @TempDir
    Path directory;

    @Test
    void whatWasSentButIsNotInTheLogIsFoundOutAndForgotten() throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")))) {
            EventLogConfig config = TestLog.config(server.url(), directory.resolve("one"));
            EventLogConfig elsewhere = EventLogConfig.defaults(server.url(), directory.resolve("two"))
                    .withStream(config.streamName());
            try (EventLog one = TestLog.open(config);
                    EventLog two = TestLog.open(elsewhere);
                    Connection stranger = Nats.connect(server.url())) {
                appended(one, event("chat.A"));
                assertThat(two.awaitIndexed(1, Duration.ofSeconds(30))).isTrue();
                EventLog follower = one.isSequencing() ? two : one;
                String logId = follower.logId();

                long next = stranger.jetStreamManagement()
                                .getStreamInfo(config.streamName())
                                .getStreamState()
                                .getLastSequence()
                        + 1;
                stranger.publish("_log." + config.streamName() + ".settled", forged(config, follower, next));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !follower.logId().equals(logId));

                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(all(follower))
                                .extracting(RecordedEvent::type)
                                .containsExactly("chat.A"));
            }
        }
    }

    /** Well-formed, and it goes on where the log ends. */
    private static byte[] forged(EventLogConfig config, EventLog log, long sequence) {
        EncodedAppend append = new WireFormat(config.subjectPrefix(), 10, 1 << 20)
                .encode("forged", AppendRequest.of(event("chat.Forged")));
        byte[] before = log.chainHash(1).orElseThrow();
        byte[] chain = Chain.next(before, 2, append);
        var frame = new FrameWriter();
        Replication.begin(frame, log.logId(), before);
        Replication.add(frame, new StoredAppend(sequence, 2, chain, append));
        return Replication.end(frame, sequence);
    }
}
