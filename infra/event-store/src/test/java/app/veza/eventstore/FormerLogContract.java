package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The stream is gone, and with it nothing but a log that was never used: else no empty one is made in its place. */
abstract class FormerLogContract extends BackupFixture {

    @Test
    void aLogThatWasBackedUpIsRestoredAndNotMadeAnew() throws Exception {
        String logId;
        List<RecordedEvent> before;
        try (EventLog log = open(config)) {
            fill(log, 30);
            before = all(log);
            logId = log.logId();
        }
        backup();
        deleteStream();
        IndexFiles.delete(config.indexDirectory());

        assertThatThrownBy(() -> open(config))
                .isInstanceOf(LogSettingsException.class)
                .hasMessageContaining("log %s up to position %d".formatted(logId, before.size()))
                .hasMessageContaining("log restore")
                .hasMessageContaining("empty bucket");
        assertNoStream();
        restore(ALL);
        try (EventLog log = open(config)) {
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(before);
        }
        deleteStream();
        IndexFiles.delete(config.indexDirectory());
        store = new DirectoryStore(directory.resolve("empty bucket"));
        try (EventLog log = open(config)) {
            assertThat(log.head()).isZero();
        }
    }

    @Test
    void aBackupThatCannotBeReadIsOneToo() throws Exception {
        try (EventLog log = open(config)) {
            fill(log, 10);
        }
        backup();
        for (String key : store.list("log-backup/")) {
            Files.writeString(store.root().resolve(key), "rotten");
        }
        deleteStream();
        IndexFiles.delete(config.indexDirectory());
        assertThatThrownBy(() -> open(config))
                .isInstanceOf(LogSettingsException.class)
                .hasMessageContaining("none of whose manifests can be read");
        assertNoStream();
    }

    @Test
    void theBackupsOfAnotherStreamAreNoneOfThisOne() throws Exception {
        try (EventLog log = open(config)) {
            fill(log, 10);
        }
        backup();
        try (EventLog log = open(config(directory.resolve("other")))) {
            assertThat(log.head()).isZero();
        }
    }

    @Test
    void nodesThatStartAtOnceMakeOneLog() {
        CompletableFuture<EventLog> elsewhere = CompletableFuture.supplyAsync(
                () -> open(elsewhere(config, directory.resolve("elsewhere"))),
                task -> Thread.ofPlatform().start(task));
        try (EventLog one = open(config);
                EventLog other = elsewhere.join()) {
            assertThat(one.logId()).isEqualTo(other.logId());
            TestLog.appended(one, event("chat.A"));
            Awaitility.await().until(() -> other.indexedPosition() == 1);
        }
    }

    @Test
    void whileItCannotBeLearntNoneIsMade() throws Exception {
        FormerLog away = () -> {
            throw new IOException("the bucket is away");
        };
        EventLogConfig impatient = config.withLimits(16, 16, Duration.ofMillis(300));
        assertThatThrownBy(() -> open(impatient, away))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the bucket is away");
        assertNoStream();

        var asked = new AtomicInteger();
        FormerLog awayAtFirst = () -> asked.incrementAndGet() < 3 ? away.remembered() : Optional.empty();
        try (EventLog log = open(config, awayAtFirst)) {
            assertThat(log.head()).isZero();
        }
        assertThat(asked).hasValueGreaterThanOrEqualTo(3);
    }

    /** Its index is empty then, and knows of no log. */
    @Test
    void aNodeThatBuildsItsIndexAnewRemembersWhatItHasRead() throws Exception {
        try (CutOffLine line = new CutOffLine(config.natsUrl());
                EventLog log = open(withUrl(config, line.url()))) {
            fill(log, 6000);
            String logId = log.logId();
            line.slowDown(Duration.ofMillis(100));
            log.disown(logId, 1, Chain.genesis());
            Awaitility.await().until(() -> !log.logId().equals(logId));
            deleteStream();
            Awaitility.await().during(Duration.ofSeconds(2)).untilAsserted(this::assertNoStream);
            line.mend();
            Awaitility.await().during(Duration.ofSeconds(2)).untilAsserted(this::assertNoStream);
            assertThatThrownBy(() -> TestLog.appended(log, event("chat.A")))
                    .hasCauseInstanceOf(AppendFailure.Unavailable.class);
        }
    }

    private EventLog open(EventLogConfig node) {
        return open(node, FormerLog.backedUp(store, node));
    }

    private static EventLog open(EventLogConfig node, FormerLog former) {
        return EventLog.open(node, new SimpleMeterRegistry(), null, former);
    }

    private void assertNoStream() throws IOException {
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            assertThat(stream.info()).isEmpty();
        }
    }
}
