package app.veza.eventstore;

import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that race for the same names and the last places; afterwards their history is checked against the log. */
class ConcurrencyHistoryTest {
    private static final int WRITERS = 8;
    private static final int NAMES = 1000;
    private static final int ROOMS = 20;
    private static final int ROOM_HOLDS = 12;
    private static final int PEOPLE = 60;
    private static final int ROOMS_A_PERSON = 3;

    @TempDir
    Path directory;

    private final Queue<AppendHistory.Attempt> history = new ConcurrentLinkedQueue<>();

    @Test
    void noRuleIsBrokenAndNoConflictFreeAppendIsRefused() throws Exception {
        try (EventLog log = TestLog.open(TestLog.config(directory))) {
            race(writer -> claimNames(log, writer));
            race(writer -> fillRooms(log, writer));
            List<RecordedEvent> events = TestLog.all(log);
            assertRulesHold(events);
            assertHistoryIsThatOfTheLog(events);
        }
    }

    private interface Writer {
        void run(int writer);
    }

    private static void race(Writer writer) throws Exception {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> running = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> writer.run(i)))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void claimNames(EventLog log, int writer) {
        List<Integer> names = new ArrayList<>(IntStream.range(0, NAMES).boxed().toList());
        Collections.shuffle(names, new Random(writer / 2));
        for (int name : names) {
            Tag tag = new Tag("name", "name " + name);
            decide(log, Criteria.tagged(tag), events -> events.isEmpty() ? event("identity.NameClaimed", tag) : null);
        }
    }

    private void fillRooms(EventLog log, int writer) {
        Random random = new Random(writer);
        for (int i = 0; i < 300; i++) {
            Tag room = new Tag("room", "r" + random.nextInt(ROOMS));
            Tag person = new Tag("person", "p" + random.nextInt(PEOPLE));
            Criteria criteria = Criteria.anyOf(
                    Criterion.tagged(room).ofTypes("chat.MemberJoined"),
                    Criterion.tagged(person).ofTypes("chat.MemberJoined"));
            decide(log, criteria, events -> {
                long members =
                        events.stream().filter(e -> e.tags().contains(room)).count();
                long rooms =
                        events.stream().filter(e -> e.tags().contains(person)).count();
                boolean already = events.stream().anyMatch(e -> e.tags().containsAll(Set.of(room, person)));
                return members < ROOM_HOLDS && rooms < ROOMS_A_PERSON && !already
                        ? event("chat.MemberJoined", room, person)
                        : null;
            });
        }
    }

    private interface Rule {
        NewEvent decide(List<RecordedEvent> events);
    }

    private void decide(EventLog log, Criteria criteria, Rule rule) {
        while (true) {
            Sourcing sourcing = log.source(criteria, 0);
            List<RecordedEvent> events = new ArrayList<>();
            sourcing.forEachRemaining(events::add);
            NewEvent event = rule.decide(events);
            if (event == null) {
                return;
            }
            var condition = new AppendCondition(criteria, sourcing.marker());
            AppendOutcome outcome = append(log, new AppendRequest(List.of(event), condition, null, null));
            history.add(new AppendHistory.Attempt(event.id(), condition, null, outcome));
            if (!(outcome instanceof AppendOutcome.Refused)) {
                return;
            }
        }
    }

    private static void assertRulesHold(List<RecordedEvent> events) {
        Map<Tag, Integer> times = new HashMap<>();
        Set<Set<Tag>> memberships = new HashSet<>();
        for (RecordedEvent event : events) {
            event.tags().forEach(tag -> times.merge(tag, 1, Integer::sum));
            assertThat(memberships.add(event.tags())).isTrue();
        }
        for (int i = 0; i < NAMES; i++) {
            assertThat(times.get(new Tag("name", "name " + i))).isEqualTo(1);
        }
        assertThat(times).allSatisfy((tag, count) -> {
            int most = tag.key().equals("room") ? ROOM_HOLDS : tag.key().equals("person") ? ROOMS_A_PERSON : 1;
            assertThat(count).isLessThanOrEqualTo(most);
        });
        assertThat(times.entrySet().stream()
                        .filter(e -> e.getKey().key().equals("person") && e.getValue() == ROOMS_A_PERSON))
                .as("the race is for the last places")
                .hasSizeGreaterThan(PEOPLE / 2);
    }

    private void assertHistoryIsThatOfTheLog(List<RecordedEvent> events) {
        var inLog = new AppendHistory(events);
        history.forEach(inLog::assertHolds);
        assertThat(history.stream()
                        .filter(attempt -> attempt.outcome() instanceof AppendOutcome.Appended)
                        .map(AppendHistory.Attempt::firstEvent))
                .as("appended by somebody")
                .containsExactlyInAnyOrderElementsOf(
                        events.stream().map(RecordedEvent::id).toList());
        assertThat(history)
                .as("there was a race")
                .anyMatch(attempt -> attempt.outcome() instanceof AppendOutcome.Refused);
    }
}
