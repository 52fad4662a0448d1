package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node that sequences can be reached, and the log cannot be reached from it: what it is given it gives back. */
class HandedBackTest {
    private static final int APPENDS = 300;

    @TempDir
    Path directory;

    private final Map<NewEvent, CompletableFuture<AppendOutcome>> handedOver = new LinkedHashMap<>();

    @Test
    void whatIsHandedBackIsAppendedOnce() throws Exception {
        EventLogConfig config =
                TestLog.config(directory.resolve("follows")).withLimits(16_384, 1024, Duration.ofSeconds(30));
        try (CutOffLine line = new CutOffLine(config.natsUrl());
                EventLog sequences = TestLog.open(EventLogConfig.defaults(line.url(), directory.resolve("sequences"))
                        .withStream(config.streamName()));
                Connection listener = Nats.connect(config.natsUrl())) {
            Awaitility.await().until(sequences::isSequencing);
            var handedBack = new AtomicInteger();
            listener.createDispatcher(message -> ForwardReply.read(message.getData()).stream()
                            .filter(reply -> reply.answer() instanceof ForwardReply.Answer.NotSequencing)
                            .forEach(reply -> handedBack.incrementAndGet()))
                    .subscribe("_log." + config.streamName() + ".reply.*");
            listener.flush(Duration.ofSeconds(5));
            try (EventLog follows = TestLog.open(config)) {
                assertThat(appended(follows, event("chat.First"))).isEqualTo(new AppendOutcome.Appended(1, 1));
                handOver(follows);
                line.cut(client -> client.startsWith("event log"));
                handOver(follows);
                Awaitility.await().until(() -> handedBack.get() > 0);
                line.mend();

                Map<String, Long> told = new LinkedHashMap<>();
                for (var append : handedOver.entrySet()) {
                    var outcome = append.getValue().get(30, TimeUnit.SECONDS);
                    assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
                    told.put(append.getKey().id(), ((AppendOutcome.Appended) outcome).firstPosition());
                }
                Map<String, Long> stored = new LinkedHashMap<>();
                all(follows).stream().skip(1).forEach(event -> stored.put(event.id(), event.position()));
                assertThat(stored).isEqualTo(told).hasSize(2 * APPENDS);
                assertThat(follows.head()).isEqualTo(1 + 2 * APPENDS);
            }
        }
    }

    private void handOver(EventLog follows) {
        for (int i = 0; i < APPENDS; i++) {
            NewEvent event = event("chat.A");
            handedOver.put(event, follows.append(AppendRequest.of(event)));
        }
    }
}
