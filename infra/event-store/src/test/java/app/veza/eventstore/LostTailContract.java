package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As after a power cut that a log of durability {@code process} met. Two nodes of one log, each with an index of its own. */
abstract class LostTailContract extends LogFixture {
    private static final Duration AT_LAST = Duration.ofSeconds(60);

    private EventLogConfig config;
    private EventLogConfig elsewhere;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index"));
        elsewhere = elsewhere(config, directory.resolve("elsewhere"));
    }

    /** What somebody remembers of a log. */
    private record Remembered(String logId, byte[] kept, byte[] lost) {}

    @Test
    void aLogThatLostItsTailIsAnotherLog() {
        String logId;
        try (EventLog log = TestLog.open(config)) {
            logId = log.logId();
            appended(log, event("chat.A"), event("chat.B"));
        }
        LogServers servers = suite().servers();
        servers.kill();
        servers.copyTo(directory.resolve("copy"));
        servers.restart();
        try (EventLog log = TestLog.open(config);
                EventLog other = TestLog.open(elsewhere)) {
            appended(log, event("chat.Lost"));
            assertThat(other.awaitIndexed(3, Duration.ofSeconds(10))).isTrue();
        }
        servers.kill();
        servers.bringBack(directory.resolve("copy"));
        servers.restart();

        try (EventLog log = TestLog.open(config);
                EventLog other = TestLog.open(elsewhere)) {
            assertThat(log.logId()).isNotEqualTo(logId);
            assertThat(all(log)).extracting(RecordedEvent::type).containsExactly("chat.A", "chat.B");
            assertThat(appended(log, event("chat.C"))).isEqualTo(new AppendOutcome.Appended(3, 3));
            Awaitility.await()
                    .atMost(AT_LAST)
                    .until(() -> other.logId().equals(log.logId()) && other.indexedPosition() == 3);
            assertThat(all(other)).extracting(RecordedEvent::type).containsExactly("chat.A", "chat.B", "chat.C");
        }
    }

    @Test
    void aLostTailThatTheIndexesDoNotKnowIsNoticedByWhoRemembersIt() {
        Remembered remembered = loseWhatTheIndexesDoNotKnow();
        try (EventLog log = TestLog.open(config);
                EventLog other = TestLog.open(elsewhere)) {
            appended(log, event("chat.C"));
            log.disown(remembered.logId, 2, remembered.kept);
            appended(log, event("chat.D"));
            assertThat(log.logId()).as("it holds what is remembered").isEqualTo(remembered.logId);

            log.disown(remembered.logId, 4, remembered.lost);
            other.disown(remembered.logId, 4, remembered.lost);
            awaitAnotherLog(remembered, log, other);
            log.disown(remembered.logId, 4, remembered.lost);
            String renewed = log.logId();
            for (EventLog node : List.of(log, other)) {
                appendsGoOn(node);
                assertThat(node.logId())
                        .as("of another log nothing is disowned")
                        .isEqualTo(renewed);
            }
            assertThat(all(log))
                    .extracting(RecordedEvent::type)
                    .containsExactly("chat.A", "chat.B", "chat.C", "chat.D", "chat.E", "chat.E");
        }
    }

    @Test
    void ifOnlyTheNodeThatSequencesIsToldTheOthersNoticeToo() {
        Remembered remembered = loseWhatTheIndexesDoNotKnow();
        try (EventLog sequences = TestLog.open(config)) {
            Awaitility.await().atMost(AT_LAST).until(sequences::isSequencing);
            try (EventLog follows = TestLog.open(elsewhere)) {
                oneDisowns(sequences, remembered, sequences, follows);
            }
        }
    }

    @Test
    void ifOnlyANodeThatFollowsIsToldTheOneThatSequencesNoticesToo() {
        Remembered remembered = loseWhatTheIndexesDoNotKnow();
        try (EventLog sequences = TestLog.open(config)) {
            Awaitility.await().atMost(AT_LAST).until(sequences::isSequencing);
            try (EventLog follows = TestLog.open(elsewhere)) {
                oneDisowns(follows, remembered, sequences, follows);
            }
        }
    }

    /** There is no moment in which nothing is under way; what is remembered was overtaken, or is still far ahead. */
    @ParameterizedTest
    @ValueSource(longs = {4, 10_000_000})
    void theNodeThatSequencesNoticesUnderLoadToo(long position) {
        Remembered remembered = loseWhatTheIndexesDoNotKnow();
        var history = new LoadHistory();
        try (EventLog sequences = TestLog.open(config)) {
            Awaitility.await().atMost(AT_LAST).until(sequences::isSequencing);
            try (EventLog follows = TestLog.open(elsewhere)) {
                appended(follows, event("chat.C"), event("chat.D"));
                try (var one = new LoadWriter(sequences, "one", history::add);
                        var two = new LoadWriter(follows, "two", history::add)) {
                    assertThat(one).isNotSameAs(two);
                    awaitMore(history);
                    follows.disown(remembered.logId, position, remembered.lost);
                    Awaitility.await()
                            .atMost(AT_LAST)
                            .until(() -> !sequences.logId().equals(remembered.logId)
                                    && sequences.logId().equals(follows.logId()));
                    awaitMore(history);
                }
                Awaitility.await()
                        .atMost(AT_LAST)
                        .ignoreExceptionsInstanceOf(AppendFailure.Unavailable.class)
                        .until(() -> follows.isCaughtUp() && sequences.isCaughtUp());
                assertThat(all(follows))
                        .usingRecursiveFieldByFieldElementComparator()
                        .isEqualTo(all(sequences));
            }
        }
    }

    private static void awaitMore(LoadHistory history) {
        int before = history.appended();
        Awaitility.await().atMost(AT_LAST).until(() -> history.appended() > before + 1000);
    }

    private void oneDisowns(EventLog told, Remembered remembered, EventLog sequences, EventLog follows) {
        appended(follows, event("chat.C"));
        appended(sequences, event("chat.D"));
        assertThat(follows.awaitIndexed(4, Duration.ofSeconds(10))).isTrue();
        assertThat(List.of(sequences.logId(), follows.logId()))
                .as("nobody has noticed")
                .containsOnly(remembered.logId);

        told.disown(remembered.logId, 4, remembered.lost);
        awaitAnotherLog(remembered, sequences, follows);
        appendsGoOn(sequences);
        appendsGoOn(follows);
        List<RecordedEvent> events = all(sequences);
        assertThat(events)
                .extracting(RecordedEvent::type)
                .containsExactly("chat.A", "chat.B", "chat.C", "chat.D", "chat.E", "chat.E");
        assertThat(all(follows)).usingRecursiveFieldByFieldElementComparator().isEqualTo(events);
    }

    /** As where servers and nodes lost power together: an index is written now and then, and stands before what is lost. */
    private Remembered loseWhatTheIndexesDoNotKnow() {
        LogServers servers = suite().servers();
        try (EventLog log = TestLog.open(config);
                EventLog other = TestLog.open(elsewhere)) {
            appended(log, event("chat.A"), event("chat.B"));
            assertThat(other.awaitIndexed(2, Duration.ofSeconds(10))).isTrue();
        }
        servers.kill();
        servers.copyTo(directory.resolve("copy"));
        Directories.copy(config.indexDirectory(), directory.resolve("index copy"));
        Directories.copy(elsewhere.indexDirectory(), directory.resolve("elsewhere copy"));
        servers.restart();
        Remembered remembered;
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.Lost"), event("chat.Lost"));
            assertThat(log.awaitIndexed(4, Duration.ofSeconds(10))).isTrue();
            remembered = new Remembered(
                    log.logId(),
                    log.chainHash(2).orElseThrow(),
                    log.chainHash(4).orElseThrow());
        }
        servers.kill();
        servers.bringBack(directory.resolve("copy"));
        Directories.replace(config.indexDirectory(), directory.resolve("index copy"));
        Directories.replace(elsewhere.indexDirectory(), directory.resolve("elsewhere copy"));
        servers.restart();
        return remembered;
    }

    private static void awaitAnotherLog(Remembered remembered, EventLog one, EventLog other) {
        Awaitility.await()
                .atMost(AT_LAST)
                .until(() -> !one.logId().equals(remembered.logId)
                        && one.indexedPosition() == 4
                        && other.logId().equals(one.logId())
                        && other.indexedPosition() == 4);
    }

    private static void appendsGoOn(EventLog node) {
        Awaitility.await().atMost(AT_LAST).until(node::isCaughtUp);
        assertThat(appended(node, event("chat.E"))).isInstanceOf(AppendOutcome.Appended.class);
    }
}
