package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups of a log in use, and what is made of them. */
abstract class BackupContract extends LogFixture {
    private static final Tag HOSTILE = new Tag("a.b *>", "\n\r\t~%&=\"\\ 😀");
    private static final LogRestore.Request ALL = new LogRestore.Request(0, "", false, false, "");
    private static final LogRestore.Request REPLACE = new LogRestore.Request(0, "", true, false, "");

    private EventLogConfig config;
    private DirectoryStore store;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index"));
        store = new DirectoryStore(directory.resolve("backup"));
    }

    private LogBackup.Outcome backup() throws IOException {
        return new LogBackup(config, store, List.of()).run(false, LogBackup.Listener.SILENT);
    }

    private LogRestore.Outcome restore(LogRestore.Request request) throws IOException {
        return new LogRestore(config, store, List.of()).run(request, Verified.QUIET);
    }

    private void fill(EventLog log, int appends) {
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < appends; i++) {
            outcomes.add(log.append(
                    i % 7 == 3
                            ? AppendRequest.of(event("chat.B", "plain", HOSTILE), event("chat.C", "{\"é\": [1]}"))
                            : AppendRequest.of(event("chat.A", new Tag("room", "r" + i)))
                                    .forCommand("c" + log.head() + "-" + i, "f" + i)));
        }
        outcomes.forEach(CompletableFuture::join);
    }

    private void deleteStream() throws IOException {
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            new RestoreTarget(stream, config).delete();
        }
    }

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
    void aLostLogIsRestoredToTheSamePositionsAndHashesUnderAnotherId() throws Exception {
        List<RecordedEvent> before;
        String id;
        try (EventLog log = TestLog.open(config)) {
            fill(log, 300);
            before = all(log);
            id = log.logId();
        }
        LogBackup.Outcome backup = backup();
        deleteStream();

        LogRestore.Outcome restored = restore(ALL);
        assertThat(restored.restoredFrom()).isEqualTo(id);
        assertThat(restored.logId()).isNotEqualTo(id);
        assertThat(restored.chainHash()).isEqualTo(backup.chainHash());
        assertThat(Verified.of(config).damages()).isEmpty();
        try (EventLog log = TestLog.open(config)) {
            assertThat(log.logId()).isEqualTo(restored.logId());
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(before);
            assertThat(append(log, AppendRequest.of(event("chat.A")).forCommand("c0-0", "f")))
                    .isInstanceOf(AppendOutcome.Duplicate.class);
            assertThat(appended(log, event("chat.Z")).firstPosition()).isEqualTo(before.size() + 1);
        }
    }

    @Test
    void aRunningNodeNoticesTheRestoredLogAndRebuildsItsIndex() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 50);
            List<RecordedEvent> before = all(log);
            backup();
            fill(log, 20);
            long reached = log.head();
            LogRestore.Outcome restored = restore(REPLACE);
            assertThat(restored.position())
                    .as("what was new was backed up first")
                    .isEqualTo(reached);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> log.logId().equals(restored.logId()));
            // The log is known before its index is whole again
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .ignoreExceptionsInstanceOf(AppendFailure.Unavailable.class)
                    .until(() -> all(log).size() == reached);
            assertThat(all(log).subList(0, before.size()))
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(before);
            Awaitility.await()
                    .until(() -> log.append(AppendRequest.of(event("chat.A")))
                            .handle((outcome, failure) -> outcome != null)
                            .join());
        }
    }

    /** Taken in by the server before appends were stopped, and stored while the backup was already being verified. */
    @Test
    void whatIsStoredLateInAStreamThatIsBeingReplacedIsNotLost() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 20);
            var late = new AtomicLong();
            LogRestore.Listener meanwhile = new LogRestore.Listener() {
                @Override
                public void step(String what, long positions) {
                    if (late.get() == 0 && what.startsWith("Verifying")) {
                        late.set(appendInSpiteOfTheRestore(log));
                    }
                }

                @Override
                public void progressed(long position, long readSequence, long lastSequence) {}
            };
            LogRestore.Outcome restored = new LogRestore(config, store, List.of()).run(REPLACE, meanwhile);
            assertThat(restored.position()).isEqualTo(late.get()).isPositive();
        }
    }

    private long appendInSpiteOfTheRestore(EventLog log) {
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            var target = new RestoreTarget(stream, config);
            RawStream.Info held = stream.log();
            target.release(held);
            var late = new AtomicReference<AppendOutcome.Appended>();
            Awaitility.await().ignoreExceptions().until(() -> {
                late.set(appended(log, event("chat.Late")));
                return true;
            });
            target.hold(held);
            return late.get().firstPosition();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is acknowledged while the stream is being taken out of use stands in the log that takes its place. */
    @Test
    void aRestoreUnderLoadLosesNothingThatWasAcknowledged() throws Exception {
        var history = new LoadHistory();
        try (EventLog log = TestLog.open(config)) {
            try (var one = new LoadWriter(log, "one", history::add);
                    var two = new LoadWriter(log, "two", history::add)) {
                assertThat(one).isNotSameAs(two);
                Awaitility.await().until(() -> history.appended() > 500);
                LogRestore.Outcome restored = restore(REPLACE);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> log.logId().equals(restored.logId()));
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(log::isCaughtUp);
            history.assertIsThatOf(all(log));
        }
    }

    @Test
    void restoresToAPositionAndNeverHalfAnAppend() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A"));
            appended(log, event("chat.A"), event("chat.B"), event("chat.C"));
            appended(log, event("chat.D"));
        }
        backup();
        assertThat(restore(new LogRestore.Request(2, "", true, false, "")).position())
                .isEqualTo(4);
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).hasSize(4);
        }
    }

    /** Up to where it is wanted nothing is given up either. */
    @Test
    void whatTheBackupLacksIsAddedToItBeforeTheLogIsRestoredToAPosition() throws Exception {
        List<RecordedEvent> before;
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
            backup();
            fill(log, 10);
            before = all(log);
        }
        long wanted = before.size() - 3;
        assertThat(restore(new LogRestore.Request(wanted, "", true, false, "")).position())
                .isBetween(wanted, wanted + 1);
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(before.subList(0, (int)
                    log.head()));
        }
    }

    /** Each has as many events as the other, at the same positions. */
    @Test
    void anotherLogsBackupReplacesNoEventThatItDoesNotHold() throws Exception {
        String another;
        try (EventLog log = TestLog.open(config)) {
            another = log.logId();
            fill(log, 20);
        }
        backup();
        deleteStream();
        IndexFiles.delete(config.indexDirectory());
        List<RecordedEvent> present;
        String presentId;
        try (EventLog log = TestLog.open(config)) {
            presentId = log.logId();
            fill(log, 10);
            present = all(log);
        }
        assertThatThrownBy(() -> restore(new LogRestore.Request(0, another, true, false, "")))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("position " + present.size() + " is not what");
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(present);
        }

        LogRestore.Outcome replaced = restore(new LogRestore.Request(0, another, true, true, ""));
        assertThat(replaced.restoredFrom()).isEqualTo(another);
        restore(new LogRestore.Request(0, presentId, true, true, ""));
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log))
                    .as("the loss that was accepted is in a backup")
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(present);
        }
    }

    /** A node that begins to sequence says so in the log, and may end before anything follows. */
    @Test
    void aLogThatEndsWithAFenceIsRestored() throws Exception {
        List<RecordedEvent> before;
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
            before = all(log);
        }
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            long last = stream.log().lastSequence();
            try (EventLog log = TestLog.open(config)) {
                Awaitility.await().until(() -> stream.log().lastSequence() > last);
                assertThat(log.head()).isEqualTo(before.size());
            }
        }
        assertThat(restore(new LogRestore.Request(0, "", true, false, "")).position())
                .isEqualTo(before.size());
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(before);
        }
    }

    @Test
    void aPositionThatTheBackupDoesNotReachIsNotPassedOverSilently() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
        }
        long kept = backup().lastPosition();
        deleteStream();
        assertThatThrownBy(() -> restore(new LogRestore.Request(kept + 5, "", false, false, "")))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("ends at position " + kept);
        assertThat(restore(new LogRestore.Request(kept + 5, "", false, true, ""))
                        .position())
                .isEqualTo(kept);
    }

    @Test
    void anExistingLogIsLeftAloneUnlessReplacementIsAskedFor() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 10);
        }
        backup();
        LogMark before = Verified.of(config).reached();
        assertThatThrownBy(() -> restore(ALL))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("exists");
        assertThat(Verified.of(config).reached()).isEqualTo(before);
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
    void anInterruptedRestoreLeavesNothingThatServesAndCanBeRunAgain() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            fill(log, 100);
        }
        backup();
        deleteStream();
        LogRestore.Listener breaking = new LogRestore.Listener() {
            private boolean filling;

            @Override
            public void step(String what, long positions) {
                filling = what.equals("Restoring");
            }

            @Override
            public void progressed(long position, long readSequence, long lastSequence) {
                if (filling && position > 50) {
                    throw new IllegalStateException("pulled the plug");
                }
            }
        };
        assertThatThrownBy(() -> new LogRestore(config, store, List.of()).run(ALL, breaking))
                .hasMessageContaining("connection to NATS was lost");
        EventLogConfig impatient = config.withLimits(16, 16, Duration.ofMillis(200));
        assertThatThrownBy(() -> TestLog.open(impatient)).hasMessageContaining("is being restored");
        assertThat(restore(ALL).position())
                .isEqualTo(Verified.of(config).reached().position());
        try (EventLog log = TestLog.open(config)) {
            assertThat(log.head()).isPositive();
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

    /** The platform went on: a node has noticed, the log bears another id, and has appends where others stood. */
    @Test
    void aLostTailIsNotHiddenByTheIdThatTheLogHasSince() throws Exception {
        String former;
        try (EventLog log = TestLog.open(config)) {
            former = log.logId();
            fill(log, 30);
            backup();
            fill(log, 30);
        }
        LogBackup.Outcome whole = backup();
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            loseTail(stream, new BackupObjects(store).newest(former).orElseThrow());
        }
        String present;
        try (EventLog log = TestLog.open(config)) {
            present = log.logId();
            assertThat(present).isNotEqualTo(former);
            appended(log, event("chat.Since"));
        }
        backup();

        try (LogVerifier verifier = LogVerifier.connect(config)) {
            LogMark end = verifier.formerEnds(store).getFirst();
            assertThat(end.position()).isEqualTo(whole.lastPosition());
            assertThat(verifier.since(end).orElseThrow().toString()).contains(former, "" + whole.lastPosition());
        }
        var settings = new LogAuditor.Settings(1_000_000, Duration.ofMillis(1));
        try (LogAuditor auditor = LogAuditor.start(config, settings, store, new SimpleMeterRegistry())) {
            Awaitility.await()
                    .until(() -> auditor.status().damages().stream()
                            .anyMatch(damage -> damage.reason().contains(former)));
        }

        assertThatThrownBy(() -> restore(REPLACE))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("--log " + former)
                .hasMessageContaining("--log " + present);
        assertThatThrownBy(() -> restore(new LogRestore.Request(0, former, true, false, "")))
                .hasMessageContaining("is not what");
        LogRestore.Outcome restored = restore(new LogRestore.Request(0, former, true, true, ""));
        assertThat(restored.chainHash()).isEqualTo(whole.chainHash());
        try (LogVerifier verifier = LogVerifier.connect(config)) {
            assertThat(verifier.formerEnds(store)).isEmpty();
        }
    }

    /** The same log, id and all, as it was at the end of the first chunk. */
    private void loseTail(RawStream stream, BackupManifest manifest) throws IOException {
        var target = new RestoreTarget(stream, config);
        target.delete();
        target.create(manifest.logId(), "");
        target.fill(
                new BackupSource(new BackupObjects(store), manifest),
                manifest.chunks().getFirst().lastPosition(),
                LogBackup.Listener.SILENT);
        target.open(stream.log());
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
        keys.clear();
        new LogRestore(config, store, List.of(sidecar)).run(REPLACE, Verified.QUIET);
        assertThat(keys).containsExactly("of others");
    }

    @Test
    void aMirrorIsASourceToo() throws Exception {
        List<RecordedEvent> before;
        try (EventLog log = TestLog.open(config);
                RawStream mirror = RawStream.connect(config.natsUrl(), config.streamName() + "_MIRROR")) {
            fill(log, 100);
            before = all(log);
            String request = "{\"name\":\"%s\",\"storage\":\"file\",\"allow_direct\":true,\"mirror\":{\"name\":\"%s\"}}"
                    .formatted(mirror.name(), config.streamName());
            RawStream.requireDone(
                    "STREAM.CREATE",
                    mirror.api("STREAM.CREATE", request.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            long last = Verified.of(config).reached().sequence();
            Awaitility.await().until(() -> mirror.info().orElseThrow().lastSequence() == last);
        }
        LogRestore.Outcome restored =
                restore(new LogRestore.Request(0, "", true, false, config.streamName() + "_MIRROR"));
        assertThat(restored.position()).isEqualTo(before.size());
        try (EventLog log = TestLog.open(config)) {
            assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(before);
        }
    }
}
