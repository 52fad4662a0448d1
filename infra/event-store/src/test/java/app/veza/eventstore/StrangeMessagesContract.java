package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class StrangeMessagesContract extends LogFixture {
    private EventLogConfig config;
    private Connection nats;

    @BeforeEach
    void connect() throws Exception {
        config = config(directory.resolve("index"));
        nats = Nats.connect(Options.builder().server(config.natsUrl()).build());
    }

    @AfterEach
    void disconnect() throws Exception {
        nats.close();
    }

    /** A and B believe to be the sequencer; B's first takes the place of A's first, and A's second finds the sequence it expects. */
    @Test
    void theRestOfAStalePipelineIsVoid() throws Exception {
        byte[] lostFirst = Chain.sha256(new byte[] {1});
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A"));
            publish(2, 3, lostFirst, true);
            assertThat(appended(log, event("chat.B"))).isEqualTo(new AppendOutcome.Appended(2, 2));
            publish(4, 3, lostFirst, true);
            publish(5, 4, lostFirst, true);
            assertThat(appended(log, event("chat.C"))).isEqualTo(new AppendOutcome.Appended(3, 3));
            assertThat(all(log)).extracting(RecordedEvent::type).containsExactly("chat.A", "chat.B", "chat.C");
        }
        IndexFiles.delete(config.indexDirectory());
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).extracting(RecordedEvent::type).containsExactly("chat.A", "chat.B", "chat.C");
            assertThat(appended(log, event("chat.D"))).isEqualTo(new AppendOutcome.Appended(4, 4));
        }
    }

    @Test
    void whatAnotherSequencerAppendedIsPartOfTheLog() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A"));
            byte[] last = log.awaitIndexed(1, java.time.Duration.ofSeconds(5))
                    ? log.chainHash(1).orElseThrow()
                    : new byte[0];
            publish(2, 2, last, true);
            assertThat(appended(log, event("chat.B"))).isEqualTo(new AppendOutcome.Appended(3, 3));
            assertThat(all(log)).extracting(RecordedEvent::type).containsExactly("chat.A", "strange.X", "chat.B");
        }
    }

    @Test
    void aChangedMessageStopsTheLogAtItsPlace() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A"));
        }
        publish(2, 2, Chain.genesis(), false);
        assertThatThrownBy(() -> TestLog.open(config))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("stream sequence 3");
    }

    @Test
    void aStrangersMessageIsNoPartOfTheLog() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A"));
            nats.jetStream().publish(config.subjectPrefix() + ".x", new Headers().add("a", "b"), new byte[] {1});
            assertThat(appended(log, event("chat.A"))).isEqualTo(new AppendOutcome.Appended(2, 2));
            assertThat(all(log)).hasSize(2);
        }
        IndexFiles.delete(config.indexDirectory());
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).hasSize(2);
        }
    }

    /** Sequence 1 holds the fence of the node that opened the log. */
    private void publish(long expectedSequence, long position, byte[] previous, boolean whole) throws Exception {
        EncodedAppend append = new WireFormat(config.subjectPrefix(), 10, 10_000)
                .encode("strange-" + expectedSequence, AppendRequest.of(event("strange.X")));
        byte[] chain = Chain.next(previous, position, append);
        byte[] body = append.body().clone();
        if (!whole) {
            body[2] ^= 1;
        }
        nats.jetStream()
                .publish(
                        append.subject(), new PlacedHeaders(append, position, previous, chain, expectedSequence), body);
    }
}
