package app.veza.eventstore;

import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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

    private final Beside keys = new Beside();

    private SidecarBackups besideBackups() {
        return new SidecarBackups(store, config.streamName(), List.of(keys));
    }

    private LogBackup.Outcome backupWithKeys() throws Exception {
        return new LogBackup(config, store, List.of(keys)).run(false, LogBackup.Listener.SILENT);
    }

    /** Without the index. */
    private List<String> storedPieces() throws Exception {
        List<String> pieces = new ArrayList<>();
        for (String key : store.list("log-backup-sidecars/")) {
            if (!key.contains("-index-")) {
                pieces.add(new String(store.get(key).orElseThrow(), StandardCharsets.UTF_8));
            }
        }
        return pieces;
    }

    @Test
    void whatLiesBesideTheLogIsBackedUpAndRestoredWithIt() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
        }
        keys.entries.addAll(List.of("of ada", "of bob"));
        assertThat(besideBackups().renew()).as("what was never backed up").isZero();
        backupWithKeys();
        int objects = store.list("").size();
        backupWithKeys();
        assertThat(store.list("")).as("nothing changed").hasSize(objects);
        keys.delete("of bob");
        keys.entries.add("of cleo");
        backupWithKeys();
        assertThat(storedPieces())
                .as("what was deleted is in no backup any more")
                .containsExactly("of ada", "of cleo");
        keys.delete("of cleo");
        assertThat(besideBackups().renew()).isOne();
        assertThat(storedPieces()).as("nor without a backup of the log").containsExactly("of ada");
        keys.entries.clear();
        new LogRestore(config, store, List.of(keys)).run(REPLACE, Verified.QUIET);
        assertThat(keys.entries).containsExactly("of ada");
    }

    /** As a database does that was lost, or restored from an older dump: the backup is all that is left. */
    @Test
    void whatIsLostBesideTheLogIsNotTakenForDeleted() throws Exception {
        keys.entries.addAll(List.of("of ada", "of bob"));
        long head;
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
            backupWithKeys();
            fill(log, 10);
            head = log.head();
        }
        keys.entries.remove("of bob");
        keys.entries.add("of cleo");
        assertThatThrownBy(this::backupWithKeys)
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("1 entries of keys that are backed up are gone though nobody deleted them")
                .hasMessageContaining("log restore --keys-only");
        assertThatThrownBy(() -> besideBackups().renew()).isInstanceOf(BackupRefusedException.class);
        assertThat(storedPieces()).containsExactly("of ada", "of bob");
        String damaged = store.list("log-backup-sidecars/").stream()
                .filter(key -> key.contains("-000000-"))
                .findFirst()
                .orElseThrow();
        byte[] sound = store.get(damaged).orElseThrow();
        store.put(damaged, new byte[] {1});
        assertThatThrownBy(this::backupWithKeys)
                .as("what is sound of it says so still")
                .isInstanceOf(BackupRefusedException.class);
        store.put(damaged, sound);
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            assertThat(new BackupObjects(store)
                            .newest(stream.log().logId())
                            .orElseThrow()
                            .end()
                            .position())
                    .as("the log itself is backed up")
                    .isEqualTo(head);
        }
        assertThat(besideBackups().restore()).isOne();
        backupWithKeys();
        assertThat(storedPieces()).containsExactlyInAnyOrder("of ada", "of cleo", "of bob");
    }

    @Test
    void whatLiesBesideTheLogsOfOtherStreamsIsLeftAlone() throws Exception {
        keys.entries.add("of ada");
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
        }
        backupWithKeys();
        var others = new Beside();
        others.entries.add("of another platform");
        EventLogConfig another = EventLogConfig.defaults(config.natsUrl(), directory.resolve("another"))
                .withStream("ANOTHER_" + config.streamName());
        try (EventLog log = TestLog.open(another)) {
            fill(log, 10);
        }
        new LogBackup(another, store, List.of(others)).run(false, LogBackup.Listener.SILENT);
        assertThat(storedPieces()).containsExactlyInAnyOrder("of ada", "of another platform");
    }

    /** Whole, and in the place of all: it is read until it was stored anew. */
    @Test
    void whatWasStoredBesideTheLogByEarlierVersionsIsRestoredAndReplaced() throws Exception {
        byte[] whole = "of ada".getBytes(StandardCharsets.UTF_8);
        store.put("log-backup-sidecars/keys/000001700000000-" + BackupObjects.sha256(whole), whole);
        assertThatThrownBy(() -> besideBackups().renew())
                .as("lost before it could be stored anew")
                .isInstanceOf(BackupRefusedException.class);
        assertThat(besideBackups().restore()).isOne();
        assertThat(keys.entries).containsExactly("of ada");
        keys.delete("of ada");
        assertThat(besideBackups().renew()).isOne();
        assertThat(storedPieces()).isEmpty();
    }

    @Test
    void whatIsDamagedOfItIsStoredAnew() throws Exception {
        keys.entries.addAll(List.of("of ada", "of bob"));
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
        }
        backupWithKeys();
        for (String part : List.of("-index-", "-000001-")) {
            String key = store.list("log-backup-sidecars/").stream()
                    .filter(one -> one.contains(part))
                    .findFirst()
                    .orElseThrow();
            store.put(key, new byte[] {1});
            keys.entries.add("after" + part);
            assertThat(besideBackups().renew()).isOne();
            assertThat(storedPieces()).containsExactlyElementsOf(keys.entries);
        }
    }
}
