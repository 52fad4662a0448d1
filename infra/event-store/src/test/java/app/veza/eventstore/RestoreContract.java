package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A log that is gone is made anew from what is left of it. */
abstract class RestoreContract extends BackupFixture {
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
