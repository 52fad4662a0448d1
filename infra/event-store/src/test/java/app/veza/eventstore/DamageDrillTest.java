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
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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
    private static final int AT_ONCE = 100;
    private static final LogRestore.Request REPLACE = new LogRestore.Request(0, "", true, false, "");

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
        var random = new Random(1);
        try (EventLog log = TestLog.open(config)) {
            List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                byte[] noise = new byte[15_000];
                random.nextBytes(noise);
                String text = "{\"text\":\"" + Base64.getEncoder().encodeToString(noise) + "\"}";
                outcomes.add(log.append(AppendRequest.of(event("chat.A", text))));
                if (i % AT_ONCE == 0) {
                    // What waits is bounded by bytes
                    outcomes.forEach(CompletableFuture::join);
                }
            }
            outcomes.forEach(CompletableFuture::join);
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
        flipABit(block(1));
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
        truncate(block(2));
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
        flipABit(block(1));
        Files.delete(messages().resolve("index.db"));
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
        flipABit(block(3));
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
        truncate(block(3));
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
        Files.delete(messages().resolve("index.db"));
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
        flipABit(block(1));
        server.restart();
        assertThat(theOnlyDamage().firstPosition()).isEqualTo(1);
        theRestoredLogIsTheSame();
    }

    @Test
    void whatOnlyADamagedStreamHoldsIsNotGivenUpSilently() throws Exception {
        stopServer();
        flipABit(block(2));
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

    // ------------------------------------------------------------------------------ steps

    private LogDamage theOnlyDamage() {
        List<LogDamage> damages = Verified.of(config).damages();
        assertThat(damages).hasSize(1);
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
        LogRestore.Outcome restored = new LogRestore(config, store, List.of()).run(REPLACE, Verified.QUIET);
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

    /** In good order, so that the server's own index of the stream is whole. */
    private void stopServer() {
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        process.destroy();
        process.onExit().join();
    }

    private Path messages() {
        try (Stream<Path> files = Files.walk(directory.resolve("nats"))) {
            return files.filter(file -> file.endsWith("VEZA_EVENTS/msgs"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path block(int number) throws IOException {
        try (Stream<Path> files = Files.list(messages())) {
            List<Path> blocks = files.filter(file -> file.toString().endsWith(".blk"))
                    .sorted(Comparator.comparingInt(file ->
                            Integer.parseInt(file.getFileName().toString().replace(".blk", ""))))
                    .toList();
            assertThat(blocks).hasSize(3);
            return blocks.get(number - 1);
        }
    }

    private static void flipABit(Path block) throws IOException {
        try (var file = new RandomAccessFile(block.toFile(), "rw")) {
            long middle = file.length() / 2;
            file.seek(middle);
            int there = file.read();
            file.seek(middle);
            file.write(there ^ 1);
        }
    }

    private static void truncate(Path block) throws IOException {
        try (var file = new RandomAccessFile(block.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
    }
}
