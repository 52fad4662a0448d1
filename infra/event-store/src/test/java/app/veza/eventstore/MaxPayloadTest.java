package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server takes messages of 1 MiB unless it was told otherwise: as large as the log's appends may be, and what nodes hand over has to fit too. */
class MaxPayloadTest {
    private static final int MAX_PAYLOAD = 1 << 20;

    @TempDir
    Path directory;

    private NatsServer server;
    private EventLog sequences;
    private EventLog follows;

    @BeforeEach
    void open() {
        server =
                NatsServer.start(NatsServerOptions.in(directory.resolve("nats")).withMaxPayload(MAX_PAYLOAD));
        EventLogConfig config = TestLog.config(server.url(), directory.resolve("one"));
        sequences = TestLog.open(config);
        Awaitility.await().until(sequences::isSequencing);
        follows = TestLog.open(EventLogConfig.defaults(server.url(), directory.resolve("other"))
                .withStream(config.streamName()));
    }

    @AfterEach
    void close() {
        follows.close();
        sequences.close();
        server.close();
    }

    @Test
    void whatOneNodeTakesTheOtherTakesAmidSmallOnes() throws Exception {
        for (EventLog node : List.of(sequences, follows)) {
            List<CompletableFuture<AppendOutcome>> appends = IntStream.range(0, 20)
                    .mapToObj(i -> node.append(
                            switch (i % 4) {
                                case 1 ->
                                    AppendRequest.of(large(230_000), large(230_000), large(230_000), large(230_000));
                                case 3 -> AppendRequest.of(large(1_000_000));
                                default -> AppendRequest.of(event("chat.Small"));
                            }))
                    .toList();
            for (var append : appends) {
                assertThat(append.get(20, TimeUnit.SECONDS)).isInstanceOf(AppendOutcome.Appended.class);
            }
        }
        assertThat(all(follows)).hasSize(2 * 35);
        TestLog.assertSame(all(follows), all(sequences));
    }

    /** It has room in the stream, not beside its condition in what a node hands over; and no node may say otherwise than another. */
    @Test
    void whatCannotBeHandedOverIsInvalidOnEveryNode() {
        Criteria longOne = Criteria.tagged(new Tag("a", "x".repeat(1000)));
        for (EventLog node : List.of(sequences, follows)) {
            assertThatThrownBy(() -> node.append(
                                    AppendRequest.of(large(MAX_PAYLOAD - 1500)).provided(longOne, 0))
                            .get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(AppendFailure.Invalid.class)
                    .hasMessageContaining("the 1,048,576 that NATS takes");
        }
        assertThat(all(follows)).isEmpty();
    }

    /** Were it tried again, what waits before and behind it would wait with it. */
    @Test
    void aConditionThatIsTooLongFailsByItself() throws Exception {
        var before = follows.append(AppendRequest.of(event("chat.Before")));
        Criterion[] many = IntStream.range(0, 1100)
                .mapToObj(i -> Criterion.tagged(new Tag("a", i + "x".repeat(1000))))
                .toArray(Criterion[]::new);
        var tooLong = follows.append(AppendRequest.of(event("chat.A")).provided(Criteria.anyOf(many), 0));
        var current = follows.isCurrent(Criteria.anyOf(many), 0);
        var behind = follows.append(AppendRequest.of(event("chat.Behind")));

        for (CompletableFuture<?> each : List.of(tooLong, current)) {
            assertThatThrownBy(() -> each.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(AppendFailure.Invalid.class)
                    .hasMessageContaining("NATS takes 1,048,576");
        }
        assertThat(before.get(20, TimeUnit.SECONDS)).isInstanceOf(AppendOutcome.Appended.class);
        assertThat(behind.get(20, TimeUnit.SECONDS)).isInstanceOf(AppendOutcome.Appended.class);
        assertThat(all(follows)).extracting(RecordedEvent::type).containsExactly("chat.Before", "chat.Behind");
    }

    private static NewEvent large(int bytes) {
        return event("chat.Large", "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}", new Tag("room", "7"));
    }
}
