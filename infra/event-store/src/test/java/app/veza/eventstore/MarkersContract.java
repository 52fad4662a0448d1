package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was read of a log is no ground to append to the one that took its place, though its positions are the same numbers. */
abstract class MarkersContract extends LogFixture {
    private static final Duration AT_LAST = Duration.ofSeconds(60);
    private static final Tag ROOM = new Tag("room", "7");
    private static final Criteria ROOM_SEVEN = Criteria.tagged(ROOM);
    private static final String READ = "read";
    private static final int WRITERS = 12;
    /** As long as it takes to replace a log, so that many decide meanwhile. */
    private static final long LONGEST_DECISION = TimeUnit.MILLISECONDS.toNanos(300);

    private EventLogConfig config;
    private EventLogConfig elsewhere;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index"));
        elsewhere = elsewhere(config, directory.resolve("elsewhere"));
    }

    @Test
    void aMarkerOfTheLogThatWasAdmitsNothing() {
        try (EventLog sequences = TestLog.open(config)) {
            Awaitility.await().atMost(AT_LAST).until(sequences::isSequencing);
            try (EventLog follows = TestLog.open(elsewhere)) {
                appended(sequences, event("chat.A", ROOM), event("chat.B"));
                Awaitility.await().atMost(AT_LAST).until(() -> follows.indexedPosition() == 2);
                List<Sourcing> read = List.of(sequences.source(ROOM_SEVEN, 0), follows.source(ROOM_SEVEN, 0));
                assertThat(read)
                        .allSatisfy(sourcing -> assertThat(sourcing.logId()).isEqualTo(sequences.logId()));
                replace(sequences, follows);

                for (EventLog log : List.of(sequences, follows)) {
                    for (Sourcing sourcing : read) {
                        isTurnedAway(log.append(decidedOn(sourcing)));
                        isTurnedAway(log.isCurrent(ROOM_SEVEN, sourcing.marker(), sourcing.logId()));
                    }
                    Awaitility.await().atMost(AT_LAST).until(log::isCaughtUp);
                    Sourcing anew = log.source(ROOM_SEVEN, 0);
                    assertThat(log.isCurrent(ROOM_SEVEN, anew.marker(), anew.logId())
                                    .join())
                            .isTrue();
                    assertThat(append(log, decidedOn(anew))).isInstanceOf(AppendOutcome.Appended.class);
                    assertThat(append(log, decidedOn(anew))).isInstanceOf(AppendOutcome.Refused.class);
                }
                assertThat(all(sequences)).hasSize(4);
            }
        }
    }

    /** A marker without a log is taken for one of whichever is there. */
    @Test
    void whoDoesNotNameTheLogIsNotAsked() {
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("chat.A", ROOM));
            replace(log);
            assertThat(append(log, AppendRequest.of(event("chat.B", ROOM)).provided(ROOM_SEVEN, 1)))
                    .isEqualTo(new AppendOutcome.Appended(2, 2));
            assertThat(log.isCurrent(ROOM_SEVEN, 2).join()).isTrue();
        }
    }

    /** Each tells what it read: behind the first that read the new log none stands that read the old one. */
    @Test
    void noneIsAppendedWhileTheLogIsReplacedEither() throws Exception {
        try (EventLog one = TestLog.open(config);
                EventLog two = TestLog.open(elsewhere)) {
            appended(one, event("chat.A"));
            var stop = new AtomicBoolean();
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                EventLog log = i % 2 == 0 ? one : two;
                writers.add(Thread.ofPlatform().daemon().start(() -> appendUntil(stop, log)));
            }
            List<String> logIds = new ArrayList<>(List.of(one.logId()));
            for (int i = 0; i < 3; i++) {
                awaitMore(one);
                replace(one, two);
                logIds.add(one.logId());
            }
            awaitMore(one);
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            List<String> read = all(one).stream()
                    .map(event -> event.metadata().get(READ))
                    .filter(logId -> logId != null)
                    .toList();
            assertThat(read).containsAll(logIds);
            assertThat(read).isSortedAccordingTo((a, b) -> Integer.compare(logIds.indexOf(a), logIds.indexOf(b)));
        }
    }

    private static void appendUntil(AtomicBoolean stop, EventLog log) {
        while (!stop.get()) {
            try {
                Sourcing read = log.source(ROOM_SEVEN, 0);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_DECISION));
                append(log, AppendRequest.of(bearing(read)).provided(ROOM_SEVEN, read.marker(), read.logId()));
            } catch (AppendFailure.Unavailable | CompletionException replaced) {
                LockSupport.parkNanos(LONGEST_DECISION / 40);
            }
        }
    }

    private static NewEvent bearing(Sourcing read) {
        return new NewEvent(
                UUID.randomUUID().toString(),
                "chat.B",
                "1",
                Instant.now(),
                List.of(new Tag("room", UUID.randomUUID().toString())),
                Map.of(READ, read.logId()),
                new byte[] {'1'});
    }

    private static void awaitMore(EventLog log) {
        long before = log.head();
        Awaitility.await().atMost(AT_LAST).until(() -> log.head() > before + 5 * WRITERS);
    }

    /** As by somebody who remembers an event that is not there. */
    private static void replace(EventLog... nodes) {
        String logId = nodes[0].logId();
        nodes[0].disown(logId, 1, Chain.genesis());
        for (EventLog node : nodes) {
            Awaitility.await().atMost(AT_LAST).until(() -> !node.logId().equals(logId) && node.isCaughtUp());
        }
    }

    private static AppendRequest decidedOn(Sourcing read) {
        return AppendRequest.of(event("chat.C", ROOM)).provided(ROOM_SEVEN, read.marker(), read.logId());
    }

    private static void isTurnedAway(CompletableFuture<?> answer) {
        assertThatThrownBy(answer::join)
                .cause()
                .isInstanceOf(AppendFailure.Unavailable.class)
                .hasMessageContaining("not the one that it was read from");
    }
}
