package app.veza.eventstore;

import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stored backup is worth is known before it is needed. */
class BackupVerifierTest {
    private static final BackupVerifier.Listener QUIET = new BackupVerifier.Listener() {
        @Override
        public void begun(String logId, long lastPosition) {}

        @Override
        public void progressed(long position) {}
    };

    @TempDir
    Path directory;

    private EventLogConfig config;
    private DirectoryStore store;
    private LogBackup backup;
    private String logId;

    /** Four backups of three positions each. */
    @BeforeEach
    void backUp() throws IOException {
        config = TestLog.config(directory.resolve("index"));
        store = new DirectoryStore(directory.resolve("backup"));
        backup = new LogBackup(config, store, List.of());
        try (EventLog log = TestLog.open(config)) {
            logId = log.logId();
            for (int i = 0; i < 4; i++) {
                appended(log, event("chat.A"));
                appended(log, event("chat.B"), event("chat.C"));
                backup.run(false, LogBackup.Listener.SILENT);
            }
        }
    }

    private BackupVerifier.Outcome verify() throws IOException {
        return new BackupVerifier(store).verify(logId, QUIET);
    }

    private List<Path> manifests() throws IOException {
        return store.list("log-backup/" + logId + "/manifests/").stream()
                .map(store.root()::resolve)
                .toList();
    }

    @Test
    void isReadWholeWithoutTheLog() throws IOException {
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            new RestoreTarget(stream, config).delete();
        }
        BackupVerifier.Outcome outcome = verify();
        assertThat(outcome.damages()).isEmpty();
        assertThat(outcome.lastPosition()).isEqualTo(12);
        assertThat(outcome.objectsRead()).isEqualTo(4);
        assertThat(outcome.bytes()).isPositive();
        assertThat(new BackupVerifier(store).logs()).containsExactly(logId);
        assertThatThrownBy(() -> new BackupVerifier(store).verify("another", QUIET))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("there is no backup of log another");
    }

    @Test
    void everyDamageIsNamedAndRepairedFromTheLog() throws IOException {
        String hash = verify().chainHash();
        BlockFiles.flipABit(store.chunks().get(1));
        Files.delete(store.chunks().get(3));

        List<String> damages = verify().damages();
        assertThat(damages).hasSize(2);
        assertThat(damages.getFirst()).contains("is damaged", "positions 4 to 6");
        assertThat(damages.getLast()).contains("is missing", "positions 10 to 12");

        assertThat(backup.repair(LogBackup.Listener.SILENT).firstPosition()).isEqualTo(4);
        assertThat(verify().damages()).isEmpty();
        assertThat(verify().chainHash()).isEqualTo(hash);
    }

    @Test
    void aDamagedManifestIsNamedAndWrittenAnew() throws IOException {
        BlockFiles.flipABit(manifests().getLast());

        assertThat(verify().damages()).singleElement().asString().contains("manifests", "is damaged");
        assertThatThrownBy(() -> backup.run(false, LogBackup.Listener.SILENT))
                .isInstanceOf(BackupDamagedException.class);

        backup.repair(LogBackup.Listener.SILENT);
        assertThat(verify().damages()).isEmpty();
        assertThat(verify().lastPosition()).isEqualTo(12);
    }

    @Test
    void manifestsThatTellNothingMoreDoNotPileUp() throws IOException {
        assertThat(manifests()).hasSize(2);
        assertThat(store.chunks()).hasSize(4);
    }
}
