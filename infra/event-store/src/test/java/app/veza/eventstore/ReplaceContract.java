package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A log that is there is replaced by its backup, or by another one: nothing that was acknowledged goes unless somebody means it. */
abstract class ReplaceContract extends BackupFixture {
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
            try (var _ = new LoadWriter(log, "one", history::add);
                    var _ = new LoadWriter(log, "two", history::add)) {
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
}
