package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill of DRILL.md on a real server whose files are damaged on the disk: what NATS itself does about it, what finds and names it, and
 * how the log comes back. Two sealed blocks of 8 MB, which NATS has compressed, and a last one.
 */
class DamageDrillTest {
    private static final int EVENTS = 900;
    private static final LogRestore.Request REPLACE = new LogRestore.Request(0, "", true, false, "");

    private static final LogRestore.Request FROM_MIRROR = new LogRestore.Request(0, "", true, false, Mirror.NAME);

    @TempDir
    Path directory;

    private NatsServer server;
    private EventLogConfig config;
    private DirectoryStore store;
    private LogMark whole;
    private List<String> before;

    @BeforeEach
    void appendAndBackUp() throws Exception {
        server = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")));
        server.supervised(false);
        config = EventLogConfig.defaults(server.url(), directory.resolve("index"));
        store = new DirectoryStore(directory.resolve("backup"));
        try (EventLog log = TestLog.open(config)) {
            BlockFiles.fill(log, EVENTS);
            before = facts(all(log));
        }
        whole = Verified.of(config).reached();
        new LogBackup(config, store, List.of()).run(false, LogBackup.Listener.SILENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // ------------------------------------------------------------------------------ sealed blocks

    /** NATS starts as if nothing were, and delivers nothing of the block. */
    @Test
    void aFlippedBitInASealedBlock() throws Exception {
        stopServer();
        BlockFiles.flipABit(block(1));
        server.restart();

        LogDamage damage = theOnlyDamage();
        assertThat(damage.firstPosition()).isEqualTo(1);
        assertThat(damage.lastPosition()).isBetween(300L, 500L);
        assertThat(damage.firstSequence()).isEqualTo(1);
        assertThat(Verified.of(config).reached()).as("sound behind it").isEqualTo(whole);
        theAuditorAlarmsAndANodeWithoutIndexDoesNotServe(damage);
        theRestoredLogIsTheSame();
    }

    @Test
    void aTruncatedSealedBlock() throws Exception {
        stopServer();
        BlockFiles.truncate(block(2));
        server.restart();

        LogDamage damage = theOnlyDamage();
        assertThat(damage.firstPosition()).isBetween(300L, 500L);
        assertThat(damage.lastPosition()).isBetween(700L, 899L);
        theRestoredLogIsTheSame();
    }

    @Test
    void aMissingBlock() throws Exception {
        stopServer();
        Files.delete(block(1));
        server.restart();

        LogDamage damage = theOnlyDamage();
        assertThat(damage.firstPosition()).isEqualTo(1);
        assertThatThrownBy(() -> freshNode().close())
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("stream sequence 1 is missing");
        theRestoredLogIsTheSame();
    }

    /** NATS cannot rebuild its index from the block, and removes the whole stream, every file of it. */
    @Test
    void aFlippedBitInASealedBlockAndADeletedIndex() throws Exception {
        stopServer();
        BlockFiles.flipABit(block(1));
        Files.delete(files().index());
        server.restart();

        assertThatThrownBy(() -> LogVerifier.connect(config))
                .isInstanceOf(LogSettingsException.class)
                .hasMessageContaining("there is no stream");
        theRestoredLogIsTheSame();
    }

    // ------------------------------------------------------------------------------ the last block

    /** NATS drops the rest of the block without a gap: the log is shorter, and nothing in the stream tells. */
    @Test
    void aFlippedBitInTheLastBlock() throws Exception {
        stopServer();
        BlockFiles.flipABit(block(3));
        server.restart();

        Verified found = Verified.of(config);
        assertThat(found.damages()).isEmpty();
        assertThat(found.reached().position()).isLessThan(EVENTS);
        try (LogVerifier verifier = LogVerifier.connect(config)) {
            LogDamage damage = verifier.since(whole).orElseThrow();
            assertThat(damage.firstPosition()).isEqualTo(found.reached().position() + 1);
            assertThat(damage.lastPosition()).isEqualTo(EVENTS);
            assertThat(damage.reason()).contains("lost its tail");
        }
        theRestoredLogIsTheSame();
    }

    /** NATS keeps the sequences as deleted ones. */
    @Test
    void aTruncatedLastBlock() throws Exception {
        stopServer();
        BlockFiles.truncate(block(3));
        server.restart();

        LogDamage damage = theOnlyDamage();
        assertThat(damage.isOpen()).isTrue();
        assertThat(damage.firstPosition()).isBetween(800L, (long) EVENTS);
        assertThat(damage.lastSequence()).isGreaterThanOrEqualTo(EVENTS);
        theRestoredLogIsTheSame();
    }

    // ------------------------------------------------------------------------------ no damage, and damage that no
    // backup has

    @Test
    void aDeletedIndexIsRebuiltByTheServer() throws Exception {
        stopServer();
        Files.delete(files().index());
        server.restart();
        assertThat(Verified.of(config)).isEqualTo(new Verified(whole, List.of()));
    }

    @Test
    void whatIsSoundBehindTheDamageIsBackedUpBeforeTheLogIsReplaced() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            for (int i = 0; i < 5; i++) {
                appended(log, event("chat.Late"));
            }
            before = facts(all(log));
        }
        whole = Verified.of(config).reached();
        stopServer();
        BlockFiles.flipABit(block(1));
        server.restart();
        assertThat(theOnlyDamage().firstPosition()).isEqualTo(1);
        theRestoredLogIsTheSame();
    }

    @Test
    void whatOnlyADamagedStreamHoldsIsNotGivenUpSilently() throws Exception {
        stopServer();
        BlockFiles.flipABit(block(2));
        server.restart();
        var nothing = new DirectoryStore(directory.resolve("another"));
        assertThatThrownBy(() -> new LogBackup(config, nothing, List.of()).run(false, LogBackup.Listener.SILENT))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("backed up to position");
        assertThatThrownBy(() -> new LogRestore(config, nothing, List.of()).run(REPLACE, Verified.QUIET))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("to 900 may still be readable");
        assertThat(theOnlyDamage().losesEvents()).as("the stream is as it was").isTrue();
    }

    // ------------------------------------------------------------------------------ a mirror

    @Test
    void aDamagedLogComesBackFromItsMirrorWithoutAnyBackup() throws Exception {
        store = new DirectoryStore(directory.resolve("no backup"));
        try (Mirror mirror = Mirror.of(config)) {
            mirror.awaitWhole();
        }
        stopServer();
        BlockFiles.flipABit(block(1));
        server.restart();
        assertThat(theOnlyDamage().firstPosition()).isEqualTo(1);
        theRestoredLogIsTheSame(FROM_MIRROR);

        try (Mirror mirror = Mirror.of(config)) {
            mirror.makeAnew();
            mirror.awaitWhole();
        }
    }

    @Test
    void aMirrorThatIsDamagedTooReplacesNothing() throws Exception {
        try (Mirror mirror = Mirror.of(config)) {
            mirror.awaitWhole();
        }
        stopServer();
        BlockFiles.flipABit(block(1));
        BlockFiles.flipABit(
                BlockFiles.of(directory.resolve("nats"), Mirror.NAME).blocks().getFirst());
        server.restart();
        assertThatThrownBy(() -> new LogRestore(config, store, List.of()).run(FROM_MIRROR, Verified.QUIET))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(Mirror.NAME + " cannot be restored from: position");
        assertThat(theOnlyDamage().losesEvents()).as("the stream is as it was").isTrue();
        theRestoredLogIsTheSame();
    }

    // ------------------------------------------------------------------------------ steps

    private LogDamage theOnlyDamage() {
        List<LogDamage> damages = Verified.of(config).damages();
        assertThat(damages).hasSize(1);
        assertThat(damages.getFirst().isOfOneCopy()).isFalse();
        return damages.getFirst();
    }

    private void theAuditorAlarmsAndANodeWithoutIndexDoesNotServe(LogDamage damage) {
        var metrics = new SimpleMeterRegistry();
        try (LogAuditor auditor =
                LogAuditor.start(config, new LogAuditor.Settings(1_000_000, Duration.ofMillis(1)), metrics)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> auditor.status().completed().isPresent());
            assertThat(auditor.status().damages()).containsExactly(damage);
            assertThat(metrics.get("event.log.audit.damaged").gauge().value()).isEqualTo(1);
            assertThat(metrics.get("event.log.audit.age").gauge().value()).isNotNaN();
        }
        assertThatThrownBy(() -> freshNode().close()).hasMessageContaining("sequence 1");
    }

    private EventLog freshNode() {
        return TestLog.open(EventLogConfig.defaults(server.url(), directory.resolve("fresh"))
                .withLimits(16, 16, Duration.ofMillis(300)));
    }

    /** The node that knew the old log opens the new one, and so does one that knows nothing. */
    private void theRestoredLogIsTheSame() throws IOException {
        theRestoredLogIsTheSame(REPLACE);
    }

    private void theRestoredLogIsTheSame(LogRestore.Request request) throws IOException {
        LogRestore.Outcome restored = new LogRestore(config, store, List.of()).run(request, Verified.QUIET);
        assertThat(restored.chainHash()).isEqualTo(whole.chainHash());
        assertThat(restored.position()).isEqualTo(whole.position());
        Verified found = Verified.of(config);
        assertThat(found.damages()).isEmpty();
        assertThat(found.reached().chainHash()).isEqualTo(whole.chainHash());
        IndexFiles.delete(directory.resolve("fresh"));
        try (EventLog knowing = TestLog.open(config);
                EventLog fresh = freshNode()) {
            assertThat(knowing.logId()).isEqualTo(restored.logId()).isNotEqualTo(whole.logId());
            assertThat(facts(all(knowing))).isEqualTo(before);
            assertThat(all(fresh)).hasSize(before.size());
            assertThat(appended(knowing, event("chat.Next")).firstPosition()).isEqualTo(before.size() + 1);
        }
    }

    /** Everything that an event is, short enough to compare thousands. */
    private static List<String> facts(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> String.join(
                        " ",
                        Long.toString(event.position()),
                        event.type(),
                        event.id(),
                        event.timestamp().toString(),
                        Chain.text(Chain.sha256(event.payload())),
                        Chain.text(event.chainHash())))
                .toList();
    }

    private void stopServer() {
        SingleServer.stop(server.pid());
    }

    private Path block(int number) {
        List<Path> blocks = files().blocks();
        assertThat(blocks).hasSize(3);
        return blocks.get(number - 1);
    }

    private BlockFiles files() {
        return BlockFiles.of(directory.resolve("nats"), config.streamName());
    }
}
