package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that come and go, and what each finds. */
abstract class RecoveryContract extends LogFixture {
    private static final Tag ROOM = new Tag("room", "7");

    private EventLogConfig config;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index"));
    }

    @Test
    void aNodeContinuesFromItsCheckpoint() {
        String logId;
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A", ROOM), event("chat.B", ROOM));
            logId = log.logId();
        }
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (EventLog log = EventLog.open(config, metrics)) {
            assertThat(log.logId()).isEqualTo(logId);
            assertThat(log.head()).isEqualTo(2);
            assertThat(append(log, AppendRequest.of(event("chat.A", ROOM)).provided(Criteria.tagged(ROOM), 1)))
                    .isEqualTo(new AppendOutcome.Refused(2));
            assertThat(appended(log, event("chat.A"))).isEqualTo(new AppendOutcome.Appended(3, 3));
            assertThat(rebuilds(metrics)).isZero();
        }
    }

    /** The bucket is from when there was one server. */
    @Test
    void theLeaseIsKeptByAsManyServersAsTheLog() throws Exception {
        String bucket = config.streamName() + "_LEASE";
        try (Connection nats = Nats.connect(config.natsUrl())) {
            nats.keyValueManagement()
                    .create(KeyValueConfiguration.builder(bucket)
                            .storageType(StorageType.File)
                            .replicas(1)
                            .build());
            try (EventLog log = TestLog.open(config)) {
                appended(log, event("chat.A", ROOM));
                Awaitility.await()
                        .until(() -> nats.keyValueManagement()
                                        .getStatus(bucket)
                                        .getConfiguration()
                                        .getReplicas()
                                == config.replicas());
            }
        }
    }

    @Test
    void theStreamStatesTheDurabilityThatItIsOpenedWith() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A", ROOM));
        }
        try (EventLog log = TestLog.open(config.withDurability(Durability.POWER, config.replicas()));
                Connection nats = Nats.connect(config.natsUrl())) {
            assertThat(nats.jetStreamManagement()
                            .getStreamInfo(config.streamName())
                            .getConfiguration()
                            .getMetadata())
                    .containsEntry("durability", "power")
                    .containsEntry("log-id", log.logId());
            assertThat(appended(log, event("chat.A", ROOM))).isEqualTo(new AppendOutcome.Appended(2, 2));
        }
    }

    @Test
    void nodesThatStartAtOnceMakeOneLog() {
        List<CompletableFuture<EventLog>> opening = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> TestLog.open(elsewhere(config, directory.resolve("index-" + i)))))
                .toList();
        List<EventLog> logs = opening.stream().map(CompletableFuture::join).toList();
        try {
            assertThat(logs)
                    .extracting(EventLog::logId)
                    .containsOnly(logs.getFirst().logId());
        } finally {
            logs.forEach(EventLog::close);
        }
    }

    /** As for an upgrade. What others handed to the node that stops waits for the next one. */
    @Test
    void aNodeThatStopsTurnsNothingAwayThatOthersHandedIt() {
        int appends = 3000;
        // Few in flight: the others lie in the queue of the node that stops
        EventLog stops = TestLog.open(config.withLimits(2 * appends, 4, Duration.ofSeconds(20)));
        Awaitility.await().until(stops::isSequencing);
        EventLogConfig elsewhere = elsewhere(config, directory.resolve("second"));
        try (EventLog stays = TestLog.open(elsewhere.withLimits(2 * appends, 64, Duration.ofSeconds(20)))) {
            appended(stays, event("chat.First"));
            List<CompletableFuture<AppendOutcome>> outcomes = IntStream.range(0, appends)
                    .mapToObj(i -> stays.append(AppendRequest.of(event("chat.A"))))
                    .toList();
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> stops.head() > 100);
            stops.close();
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOf(AppendOutcome.Appended.class));
            assertThat(stays.head()).isEqualTo(appends + 1);
        }
    }

    @Test
    void aStreamThatIsSetUpOtherwiseIsRefused() throws Exception {
        try (Connection nats = nats()) {
            nats.request(
                    "$JS.API.STREAM.CREATE." + config.streamName(),
                    "{\"name\":\"%s\",\"subjects\":[\"%s.>\"],\"storage\":\"memory\"}"
                            .formatted(config.streamName(), config.subjectPrefix())
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Duration.ofSeconds(5));
        }
        assertThatThrownBy(() -> TestLog.open(config))
                .isInstanceOf(LogSettingsException.class)
                .hasMessageContaining("storage is \"memory\", must be \"file\"")
                .hasMessageContaining("deny_purge");
    }

    @Test
    void twoThatBelieveToBeTheSequencerNeverBreakARule() {
        EventLogConfig second = new EventLogConfig(
                config.natsUrl(),
                config.streamName(),
                config.subjectPrefix(),
                config.durability(),
                config.replicas(),
                directory.resolve("second"),
                256,
                1 << 20,
                16_384,
                1024,
                1 << 20,
                4096,
                Duration.ofSeconds(20),
                Duration.ofMillis(50));
        try (EventLog one = TestLog.open(config);
                EventLog two = TestLog.open(second)) {
            int names = 200;
            var won = new java.util.concurrent.atomic.AtomicIntegerArray(names);
            var outcomes = new java.util.ArrayList<java.util.concurrent.CompletableFuture<?>>();
            var appendedPositions = new java.util.concurrent.ConcurrentSkipListSet<Long>();
            for (int i = 0; i < names; i++) {
                int name = i;
                Tag tag = new Tag("name", "n" + i);
                for (EventLog log : List.of(one, two)) {
                    outcomes.add(log.append(AppendRequest.of(event("identity.Claimed", tag))
                                    .provided(Criteria.tagged(tag), 0))
                            .handle((outcome, failure) -> {
                                if (outcome instanceof AppendOutcome.Appended a) {
                                    won.incrementAndGet(name);
                                    assertThat(appendedPositions.add(a.firstPosition()))
                                            .isTrue();
                                }
                                if (failure != null) {
                                    assertThat(failure).isInstanceOf(AppendFailure.Unavailable.class);
                                }
                                return null;
                            }));
                }
            }
            outcomes.forEach(java.util.concurrent.CompletableFuture::join);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> one.indexedPosition() == two.indexedPosition()
                            && one.indexedPosition() == one.head()
                            && one.head() == appendedPositions.size());
            List<RecordedEvent> history = all(one);
            assertThat(history).usingRecursiveFieldByFieldElementComparator().isEqualTo(all(two));
            assertThat(history).extracting(RecordedEvent::position).containsExactlyElementsOf(appendedPositions);
            assertThat(history).extracting(RecordedEvent::tags).doesNotHaveDuplicates();
            for (int i = 0; i < names; i++) {
                assertThat(won.get(i)).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void anAppendOfAnotherNodeIsSeenWhileIdle() {
        EventLogConfig elsewhere = elsewhere(config, directory.resolve("second"));
        try (EventLog one = TestLog.open(config);
                EventLog two = TestLog.open(elsewhere)) {
            appended(one, event("chat.A"));
            assertThat(two.awaitIndexed(1, Duration.ofSeconds(5))).isTrue();
        }
    }

    private static double rebuilds(MeterRegistry metrics) {
        return metrics.get("event.log.index.rebuilds").counter().count();
    }

    private Connection nats() throws Exception {
        return Nats.connect(Options.builder().server(config.natsUrl()).build());
    }
}
