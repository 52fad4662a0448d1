package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fresh node begins with a snapshot of another's index: of this very log, whole and unchanged, or not at all. */
class IndexSnapshotTest {
    private static final Tag ROOM = new Tag("room", "7");

    @TempDir
    Path directory;

    private EventLogConfig config;
    private SnapshotPolicy policy;
    private DirectorySnapshots store;

    @BeforeEach
    void configure() {
        config = TestLog.config(directory.resolve("index"));
        store = new DirectorySnapshots(directory.resolve("store"));
        policy = new SnapshotPolicy(store, "one", Duration.ofHours(1), 1);
    }

    @Test
    void aFreshNodeBeginsWithTheNewestSnapshotAndReadsOnFromThere() throws IOException {
        List<RecordedEvent> history;
        try (EventLog log = open(new SimpleMeterRegistry())) {
            fill(log, 300);
            log.snapshot();
            fill(log, 300);
            IndexSnapshot snapshot = log.snapshot();
            assertThat(snapshot.position()).isEqualTo(600);
            fill(log, 50);
            history = all(log);
        }
        IndexFiles.delete(config.indexDirectory());
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (EventLog log = open(metrics)) {
            assertThat(count(metrics, "restores")).isEqualTo(1);
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(history);
            assertThat(log.source(Criteria.tagged(ROOM), 0)).toIterable().hasSize(650);
            assertThat(log.appendedBy("c7")).contains(new AppendOutcome.Duplicate(8, 8, "f"));
            assertThat(appended(log, event("chat.End"))).isEqualTo(new AppendOutcome.Appended(651, 651));
        }
    }

    @Test
    void whatHasNotChangedIsNotStoredAgainAndWhatIsOldIsRemoved() throws IOException {
        try (EventLog log = open(new SimpleMeterRegistry())) {
            fill(log, 500);
            IndexSnapshot first = log.snapshot();
            List<String> before = store.list("index/");
            fill(log, 1);
            IndexSnapshot second = log.snapshot();
            List<String> tables = first.parts().stream()
                    .filter(part -> part.name().endsWith(".sst"))
                    .map(IndexSnapshot.Part::sha256)
                    .toList();
            assertThat(second.parts()).extracting(IndexSnapshot.Part::sha256).containsAll(tables);
            assertThat(store.list("index/")).containsAll(before);
            fill(log, 1);
            IndexSnapshot third = log.snapshot();

            List<String> keys = store.list("index/");
            assertThat(keys).filteredOn(key -> key.endsWith(".json")).hasSize(2);
            assertThat(keys)
                    .filteredOn(key -> key.contains("/parts/"))
                    .allSatisfy(key -> assertThat(List.of(second, third))
                            .anyMatch(snapshot ->
                                    snapshot.parts().stream().anyMatch(part -> key.endsWith(part.sha256()))));
        }
    }

    @Test
    void aSnapshotOfAnotherLogIsNotUsed() throws IOException {
        String first;
        try (EventLog log = open(new SimpleMeterRegistry())) {
            fill(log, 100);
            log.snapshot();
            first = log.logId();
        }
        config = TestLog.config(directory.resolve("other"));
        String other;
        try (EventLog log = TestLog.open(config)) {
            fill(log, 100);
            other = log.logId();
        }
        // Under the other log's name, first as it is and then with its id in the manifest too
        Files.move(
                store.directory().resolve("index/" + first), store.directory().resolve("index/" + other));
        assertNotUsed();
        changeManifests(text -> text.replace(first, other));
        assertNotUsed();
    }

    @Test
    void aSnapshotWithARottenPartIsNotUsed() throws IOException {
        snapshotOf(200);
        for (String key : store.list("index/")) {
            if (key.contains("/parts/")) {
                Path part = store.directory().resolve(key);
                byte[] bytes = Files.readAllBytes(part);
                if (bytes.length > 0) {
                    bytes[bytes.length / 2] ^= 1;
                    Files.write(part, bytes);
                }
            }
        }
        assertNotUsed();
    }

    @Test
    void aSnapshotThatLacksAPartIsNotUsed() throws IOException {
        snapshotOf(200);
        for (String key : store.list("index/")) {
            if (key.contains("/parts/")) {
                store.delete(key);
            }
        }
        assertNotUsed();
    }

    @Test
    void aSnapshotThatSaysOtherThanItHoldsIsNotUsed() throws IOException {
        snapshotOf(200);
        changeManifests(text -> text.replace("\"position\":200", "\"position\":199"));
        assertNotUsed();
    }

    @Test
    void aManifestThatIsNoneIsNotUsed() throws IOException {
        snapshotOf(200);
        changeManifests(text -> text.replace("\"name\":\"", "\"name\":\"../"));
        assertNotUsed();
        changeManifests(text -> "{");
        assertNotUsed();
    }

    /** The stream was put back to what it was some time ago, under the same id, and went on otherwise: less far, or further. */
    @ParameterizedTest
    @ValueSource(ints = {50, 300})
    void aSnapshotOfWhatTheLogHasLostIsNotUsed_andTheLogGetsAnotherId(int events) throws Exception {
        snapshotOf(200);
        String logId = putBack();
        IndexFiles.delete(config.indexDirectory());
        try (EventLog log = TestLog.open(config)) {
            fill(log, events);
            assertThat(log.logId()).isEqualTo(logId);
        }
        assertNotUsed();
        try (EventLog log = TestLog.open(config)) {
            assertThat(log.logId()).isNotEqualTo(logId);
        }
    }

    /** An empty stream with the log's id in place of the one that is there. */
    private String putBack() throws Exception {
        try (Connection nats =
                Nats.connect(Options.builder().server(config.natsUrl()).build())) {
            byte[] info = nats.request("$JS.API.STREAM.INFO." + config.streamName(), new byte[0], Duration.ofSeconds(5))
                    .getData();
            String logId = StreamSettings.JSON
                    .readTree(info)
                    .at("/config/metadata/log-id")
                    .asString();
            nats.request("$JS.API.STREAM.DELETE." + config.streamName(), new byte[0], Duration.ofSeconds(5));
            nats.request(
                    "$JS.API.STREAM.CREATE." + config.streamName(),
                    StreamSettings.createRequest(config, logId),
                    Duration.ofSeconds(5));
            return logId;
        }
    }

    /** Asked for its end before, the log was shorter. */
    @Test
    void aSnapshotThatIsStoredWhileANodeStartsMayReachFurtherThanItsLog() throws IOException {
        try (EventLog log = open(new SimpleMeterRegistry())) {
            fill(log, 100);
            log.snapshot();
            var growing = new SnapshotStore() {
                private boolean grown;

                @Override
                public List<String> list(String prefix) throws IOException {
                    if (!grown) {
                        grown = true;
                        fill(log, 50);
                        log.snapshot();
                    }
                    return store.list(prefix);
                }

                @Override
                public void put(String key, Path file) throws IOException {
                    store.put(key, file);
                }

                @Override
                public void get(String key, Path file) throws IOException {
                    store.get(key, file);
                }

                @Override
                public void delete(String key) throws IOException {
                    store.delete(key);
                }
            };
            EventLogConfig elsewhere = EventLogConfig.defaults(config.natsUrl(), directory.resolve("elsewhere"))
                    .withStream(config.streamName(), config.subjectPrefix());
            MeterRegistry metrics = new SimpleMeterRegistry();
            try (EventLog other =
                    EventLog.open(elsewhere, metrics, new SnapshotPolicy(growing, "two", Duration.ofHours(1), 1))) {
                assertThat(count(metrics, "restores")).isEqualTo(1);
                assertThat(other.logId()).isEqualTo(log.logId());
                assertThat(all(other)).hasSize(150);
            }
        }
    }

    @Test
    void withoutAStoreTheIndexIsBuiltFromTheLog() throws IOException {
        snapshotOf(100);
        Files.move(store.directory(), directory.resolve("away"));
        Files.writeString(store.directory(), "a file, where a directory should be");
        assertNotUsed();
    }

    @Test
    void oneIsStoredWhenEnoughEventsCame() throws IOException {
        policy = new SnapshotPolicy(store, "one", Duration.ofMillis(50), 100);
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (EventLog log = open(metrics)) {
            fill(log, 99);
            all(log);
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .until(() -> store.list("index/").isEmpty());
            fill(log, 1);
            Awaitility.await().until(() -> count(metrics, "snapshots") == 1);
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> count(metrics, "snapshots") == 1);
        }
    }

    @Test
    void whoHasNoPlaceForSnapshotsIsToldSo() {
        try (EventLog log = TestLog.open(config)) {
            assertThatThrownBy(log::snapshot).isInstanceOf(IllegalStateException.class);
        }
    }

    private void snapshotOf(int events) throws IOException {
        try (EventLog log = open(new SimpleMeterRegistry())) {
            fill(log, events);
            log.snapshot();
        }
    }

    /** The index is as good as ever, built from the log. */
    private void assertNotUsed() {
        IndexFiles.delete(config.indexDirectory());
        List<RecordedEvent> expected;
        try (EventLog log = TestLog.open(config)) {
            expected = all(log);
        }
        IndexFiles.delete(config.indexDirectory());
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (EventLog log = open(metrics)) {
            assertThat(count(metrics, "restores")).isZero();
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(expected);
        }
        assertThat(directory.resolve(config.indexDirectory().getFileName() + ".snapshot"))
                .doesNotExist();
    }

    private void changeManifests(UnaryOperator<String> change) throws IOException {
        for (String key : store.list("index/")) {
            if (key.endsWith(".json")) {
                Path manifest = store.directory().resolve(key);
                String text = Files.readString(manifest);
                String changed = change.apply(text);
                assertThat(changed).isNotEqualTo(text);
                Files.writeString(manifest, changed, StandardCharsets.UTF_8);
            }
        }
    }

    private EventLog open(MeterRegistry metrics) {
        return EventLog.open(config, metrics, policy);
    }

    private static void fill(EventLog log, int events) {
        long from = log.head();
        for (int i = 0; i < events; i++) {
            log.append(AppendRequest.of(event("chat.A", ROOM)).forCommand("c" + (from + i), "f"))
                    .join();
        }
        assertThat(log.awaitIndexed(from + events, Duration.ofSeconds(10))).isTrue();
    }

    private static double count(MeterRegistry metrics, String what) {
        return metrics.get("event.log.index." + what).counter().count();
    }
}
