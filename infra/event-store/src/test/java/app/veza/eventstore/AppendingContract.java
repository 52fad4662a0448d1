package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static app.veza.eventstore.TestLog.sourced;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class AppendingContract extends LogFixture {
    private static final Tag ROOM = new Tag("room", "7");
    private static final Tag ADA = new Tag("person", "ada");
    private static final Tag BOB = new Tag("person", "bob");

    private EventLog log;

    @BeforeEach
    void open() {
        log = TestLog.open(config(directory.resolve("index")));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void positionsAreContiguousFromOneOverSingleAndSeveralEvents() {
        assertThat(appended(log, event("chat.A"))).isEqualTo(new AppendOutcome.Appended(1, 1));
        assertThat(appended(log, event("chat.A"), event("chat.B"), event("chat.C")))
                .isEqualTo(new AppendOutcome.Appended(2, 4));
        assertThat(appended(log, event("chat.A"))).isEqualTo(new AppendOutcome.Appended(5, 5));
        assertThat(all(log)).extracting(RecordedEvent::position).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(log.head()).isEqualTo(5);
    }

    @Test
    void anEventIsReadAsItWasAppendedItsTimeToTheMicrosecond() {
        NewEvent event = new NewEvent(
                "id-1",
                "chat.MessageSent",
                "3",
                Instant.parse("2026-01-02T03:04:05.123456789Z"),
                List.of(ROOM, ADA),
                Map.of("correlationId", "c", "traceparent", "00-ab-cd-01", "who else?", "ü & = %"),
                "{\"text\":\"hé\"}".getBytes(StandardCharsets.UTF_8));
        appended(log, event);
        RecordedEvent read = all(log).getFirst();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("position", "chainHash", "tags", "timestamp")
                .isEqualTo(event);
        assertThat(read.timestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
        assertThat(read.tags()).containsExactlyInAnyOrderElementsOf(event.tags());
        assertThat(log.chainHash(1))
                .hasValueSatisfying(
                        hash -> assertThat(hash).isEqualTo(read.chainHash()).hasSize(32));
    }

    @Test
    void readingSomeTypesTellsAlsoHowFarWasLooked() {
        appended(log, event("chat.A", ROOM), event("chat.B"), event("chat.A"), event("chat.AB"), event("chat.C"));
        List<RecordedEvent> everything = all(log);
        assertThat(log.read(0, 10, Set.of("chat.A")))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(everything.get(0), everything.get(2), everything.get(4));
        assertThat(log.read(0, 4, Set.of("chat.B", "chat.A")))
                .extracting(RecordedEvent::position)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(log.read(3, 1, Set.of("chat.A")))
                .extracting(RecordedEvent::position)
                .containsExactly(4L);
        assertThat(log.read(5, 10, Set.of("chat.A"))).isEmpty();
    }

    @Test
    void sourcingGivesWhatMatchesAnyCriterionInOrder() {
        appended(log, event("chat.MemberJoined", ROOM, ADA));
        appended(log, event("chat.MemberJoined", ROOM, BOB), event("chat.MessageSent", ROOM, BOB));
        appended(log, event("chat.MessageSent", ROOM, ADA));
        appended(log, event("chat.MessageSent", new Tag("room", "8"), ADA));

        assertThat(positions(Criteria.tagged(ROOM))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(positions(Criteria.tagged(ROOM, ADA))).containsExactly(1L, 4L);
        assertThat(positions(Criteria.anyOf(Criterion.tagged(ROOM, BOB).ofTypes("chat.MessageSent"))))
                .containsExactly(3L);
        assertThat(positions(Criteria.anyOf(Criterion.tagged().ofTypes("chat.MemberJoined"))))
                .containsExactly(1L, 2L);
        assertThat(positions(Criteria.anyOf(
                        Criterion.tagged(BOB), Criterion.tagged(ADA).ofTypes("chat.MessageSent"))))
                .containsExactly(2L, 3L, 4L, 5L);
        assertThat(positions(Criteria.everything())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(positions(new Criteria(List.of()))).isEmpty();
        assertThat(positions(Criteria.tagged(new Tag("person", "nobody")))).isEmpty();
        assertThat(sourced(log, Criteria.tagged(ROOM), 2))
                .extracting(RecordedEvent::position)
                .containsExactly(3L, 4L);
    }

    @Test
    void theMarkerIsTheSnapshotEvenWhenNothingMatches() {
        appended(log, event("chat.A", ROOM), event("chat.A", ROOM));
        Sourcing sourcing = log.source(Criteria.tagged(BOB), 0);
        assertThat(sourcing.marker()).isEqualTo(2);
        assertThat(sourcing.hasNext()).isFalse();
    }

    @Test
    void moreThanOneStepIsSourced() {
        appended(
                log,
                IntStream.range(0, 3000).mapToObj(i -> event("chat.A", ROOM)).toArray(NewEvent[]::new));
        assertThat(sourced(log, Criteria.tagged(ROOM), 0)).hasSize(3000);
    }

    @Test
    void anAppendIsRefusedOnlyForAMatchAfterItsMarker() {
        appended(log, event("chat.A", ROOM, ADA));
        appended(log, event("chat.B", ROOM, BOB));
        assertThat(append(log, AppendRequest.of(event("chat.A", ROOM)).provided(Criteria.tagged(ROOM, ADA), 1)))
                .isInstanceOf(AppendOutcome.Appended.class);
        assertThat(append(log, AppendRequest.of(event("chat.A", ROOM)).provided(Criteria.tagged(BOB), 1)))
                .isEqualTo(new AppendOutcome.Refused(2));
        assertThat(append(
                        log,
                        AppendRequest.of(event("chat.A", ROOM))
                                .provided(Criteria.anyOf(Criterion.tagged(BOB).ofTypes("chat.A")), 0)))
                .isInstanceOf(AppendOutcome.Appended.class);
    }

    @Test
    void aConflictWithAnAppendThatIsUnderWayIsRefused() {
        var criteria = Criteria.tagged(new Tag("name", "ada"));
        var first = log.append(AppendRequest.of(event("identity.Claimed", new Tag("name", "ada")))
                .provided(criteria, 0));
        var second = log.append(AppendRequest.of(event("identity.Claimed", new Tag("name", "ada")))
                .provided(criteria, 0));
        assertThat(first.join()).isInstanceOf(AppendOutcome.Appended.class);
        assertThat(second.join()).isEqualTo(new AppendOutcome.Refused(1));
    }

    @Test
    void aCommandIdAppendsOnceForAllTime() {
        AppendRequest request =
                AppendRequest.of(event("chat.A"), event("chat.B")).forCommand("command 1 ü", "fp");
        var first = log.append(request);
        var repeated = log.append(AppendRequest.of(event("chat.C")).forCommand("command 1 ü", "other"));
        assertThat(first.join()).isEqualTo(new AppendOutcome.Appended(1, 2));
        assertThat(repeated.join()).isEqualTo(new AppendOutcome.Duplicate(1, 2, "fp"));
        assertThat(log.recorded("command 1 ü").join()).contains(new AppendOutcome.Duplicate(1, 2, "fp"));
        assertThat(log.recorded("another").join()).isEmpty();
        assertThat(log.awaitIndexed(2, Duration.ofSeconds(5))).isTrue();
        assertThat(log.appendedBy("command 1 ü")).contains(new AppendOutcome.Duplicate(1, 2, "fp"));
        assertThat(append(log, request)).isInstanceOf(AppendOutcome.Duplicate.class);
        assertThat(log.head()).isEqualTo(2);
    }

    @Test
    void theSequencerKnowsWhetherWhatWasReadIsCurrent() {
        appended(log, event("chat.A", ROOM));
        assertThat(log.isCurrent(Criteria.tagged(ROOM), 1).join()).isTrue();
        assertThat(log.isCurrent(Criteria.tagged(ROOM), 0).join()).isFalse();
        var underWay = log.append(AppendRequest.of(event("chat.A", ROOM)));
        assertThat(log.isCurrent(Criteria.tagged(ROOM), 1).join()).isFalse();
        assertThat(underWay).isCompleted();
        assertThat(log.isCurrent(Criteria.tagged(BOB), 0).join()).isTrue();
    }

    @Test
    void aPositionIsFoundForAnInstant() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 5; i++) {
            NewEvent event = event("chat.A");
            appended(
                    log,
                    new NewEvent(
                            event.id(),
                            event.type(),
                            "1",
                            start.plusNanos(i * 400_000L),
                            List.of(),
                            Map.of(),
                            event.payload()));
        }
        all(log);
        assertThat(log.positionAt(start)).isZero();
        assertThat(log.positionAt(start.plusNanos(400_001))).isEqualTo(2);
        assertThat(log.positionAt(start.plusNanos(1_200_000))).isEqualTo(3);
        assertThat(log.positionAt(start.minusSeconds(9))).isZero();
        assertThat(log.positionAt(start.plusSeconds(9))).isEqualTo(5);
    }

    @Test
    void whoFollowsIsToldAndCanWait() throws Exception {
        AtomicLong told = new AtomicLong();
        try (var listening = log.onIndexed(told::set)) {
            appended(log, event("chat.A"));
            assertThat(listening).isNotNull();
            assertThat(log.awaitPast(0, Duration.ofSeconds(5))).isTrue();
            org.awaitility.Awaitility.await().until(() -> told.get() == 1);
        }
        assertThat(log.awaitPast(1, Duration.ofMillis(10))).isFalse();
    }

    private List<Long> positions(Criteria criteria) {
        return sourced(log, criteria, 0).stream().map(RecordedEvent::position).toList();
    }
}
