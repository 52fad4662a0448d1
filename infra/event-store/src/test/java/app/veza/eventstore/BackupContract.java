package app.veza.eventstore;

import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Backups of a log in use: what they hold, and what does not pass for one. */
abstract class BackupContract extends BackupFixture {
    @Test
    void isIncrementalAndTakenWhileTheLogIsInUse() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 500);
            LogBackup.Outcome first = backup();
            assertThat(first.lastPosition()).isEqualTo(log.head());
            assertThat(first.newObjects()).isEqualTo(1);
            assertThat(backup().newObjects()).isZero();
            assertThat(store.list("")).hasSize(2);

            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> fill(log, 2000));
            LogBackup.Outcome during = backup();
            writing.join();
            LogBackup.Outcome last = backup();
            assertThat(during.firstPosition()).isEqualTo(first.lastPosition() + 1);
            assertThat(last.lastPosition()).isEqualTo(log.head());
            assertThat(last.chainHash())
                    .isEqualTo(Chain.text(log.chainHash(log.head()).orElseThrow()));
        }
    }

    @Test
    void aDamagedChunkIsNamedAndReplacesNothing() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 200);
        }
        backup();
        LogMark before = Verified.of(config).reached();
        Path chunk = store.chunks().getFirst();
        BlockFiles.flipABit(chunk);
        assertThatThrownBy(() -> restore(REPLACE))
                .isInstanceOf(BackupDamagedException.class)
                .hasMessageContaining(chunk.getFileName().toString());
        assertThat(Verified.of(config)).isEqualTo(new Verified(before, List.of()));
        try (EventLog log = TestLog.open(config)) {
            assertThat(appended(log, event("chat.A")).firstPosition()).isEqualTo(before.position() + 1);
        }
        Files.delete(chunk);
        deleteStream();
        assertThatThrownBy(() -> restore(ALL))
                .isInstanceOf(BackupDamagedException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aForgedChunkDoesNotPassForItsLackOfAChain() throws Exception {
        try (EventLog log = TestLog.open(config);
                RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            fill(log, 20);
            LogMessage first = stream.read(1, 1).getFirst();
            var chunk = new BackupChunk(log.logId(), LogPoint.ORIGIN);
            StoredAppend append = LogWalk.soundInItself(first);
            chunk.add(new StoredAppend(1, 1, Chain.sha256(new byte[] {1}), append.append()));
            BackupChunk.Sealed sealed = chunk.seal();
            assertThatThrownBy(() -> BackupChunk.read(
                            sealed.entry(), log.logId(), sealed.content(), LogPoint.ORIGIN, taken -> {}))
                    .isInstanceOf(BackupDamagedException.class);
        }
    }

    @Test
    void aBackupDoesNotFollowALogThatLostItsTailUnlessToldTo() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 30);
            backup();
            fill(log, 30);
        }
        long whole = backup().lastPosition();
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            BackupManifest manifest =
                    new BackupObjects(store).newest(stream.log().logId()).orElseThrow();
            loseTail(stream, manifest);
        }
        assertThatThrownBy(this::backup)
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("position " + whole);
        LogBackup.Outcome followed = new LogBackup(config, store, List.of()).run(true, LogBackup.Listener.SILENT);
        assertThat(followed.lastPosition()).isLessThan(whole).isPositive();
    }

    @Test
    void whatLiesBesideTheLogIsBackedUpAndRestoredWithIt() throws Exception {
        var keys = new ArrayList<String>(List.of("wrapped"));
        BackupSidecar sidecar = new BackupSidecar() {
            @Override
            public String name() {
                return "keys";
            }

            @Override
            public byte[] content() {
                return String.join(",", keys).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            }

            @Override
            public void restore(byte[] content) {
                keys.add(new String(content, java.nio.charset.StandardCharsets.UTF_8));
            }
        };
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
        }
        var beside = new SidecarBackups(store, List.of(sidecar));
        assertThat(beside.renew()).as("what was never backed up").isZero();
        var backup = new LogBackup(config, store, List.of(sidecar));
        backup.run(false, LogBackup.Listener.SILENT);
        int objects = store.list("").size();
        backup.run(false, LogBackup.Listener.SILENT);
        assertThat(store.list("")).hasSize(objects);
        keys.set(0, "of others");
        backup.run(false, LogBackup.Listener.SILENT);
        assertThat(store.list("log-backup-sidecars/"))
                .as("what was deleted is in no backup any more")
                .hasSize(1);
        keys.set(0, "of others still");
        assertThat(beside.renew()).isOne();
        assertThat(store.list("log-backup-sidecars/"))
                .as("nor without a backup of the log")
                .hasSize(1);
        keys.clear();
        new LogRestore(config, store, List.of(sidecar)).run(REPLACE, Verified.QUIET);
        assertThat(keys).containsExactly("of others still");
    }
}
