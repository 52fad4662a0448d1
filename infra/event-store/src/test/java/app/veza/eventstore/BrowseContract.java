package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is browsed is what a naive filter over the whole log finds, whatever the criteria, range, direction and page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowseContract extends LogFixture {
    private static final long SEED = System.nanoTime();
    private static final Random RANDOM = new Random(SEED);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private EventLog log;
    private List<RecordedEvent> history;

    @BeforeAll
    void fill(@TempDir Path index) {
        log = TestLog.open(config(index));
        int events = 0;
        while (events < 3000) {
            NewEvent[] append = new NewEvent[1 + RANDOM.nextInt(4)];
            for (int i = 0; i < append.length; i++) {
                append[i] = event(events++);
            }
            log.append(AppendRequest.of(append));
        }
        appended(log, event(events));
        history = all(log);
    }

    @AfterAll
    void close() {
        log.close();
    }

    @Test
    @DisplayName("500 random queries, forwards and backwards")
    void isWhatANaiveFilterFinds() {
        for (int i = 0; i < 500; i++) {
            EventQuery query = query();
            List<RecordedEvent> found = new ArrayList<>();
            Browsing browsing = log.browse(query);
            browsing.forEachRemaining(found::add);

            assertThat(positions(found)).as("%s, seed %d", query, SEED).isEqualTo(positions(naive(query)));
            assertThat(browsing.upTo()).isEqualTo(Math.min(query.upTo(), history.size()));
        }
    }

    @Test
    void pagesJoinToTheWhole() {
        for (int i = 0; i < 100; i++) {
            EventQuery query = query();
            int size = 1 + RANDOM.nextInt(200);
            List<RecordedEvent> found = new ArrayList<>();
            List<RecordedEvent> page = page(query, size);
            for (EventQuery next = query; !page.isEmpty(); page = page(next, size)) {
                found.addAll(page);
                next = next.from(page.getLast());
            }

            assertThat(positions(found))
                    .as("%s by %d, seed %d", query, size, SEED)
                    .isEqualTo(positions(naive(query)));
        }
    }

    @Test
    void eventsAreWhole() {
        List<RecordedEvent> backwards = new ArrayList<>();
        log.browse(EventQuery.of(Criteria.everything()).backwards()).forEachRemaining(backwards::add);

        assertThat(backwards.reversed())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(history);
    }

    @Test
    void whatIsLargeIsReadPieceByPiece() {
        String large = "{\"text\":\"" + "x".repeat(400_000) + "\"}";
        Tag tag = new Tag("room", "large");
        List<Long> found = new ArrayList<>();
        try (EventLog other = TestLog.open(config(directory.resolve("other")))) {
            for (int i = 0; i < 8; i++) {
                appended(other, TestLog.event("chat.Large", large, tag));
            }
            other.browse(EventQuery.of(Criteria.tagged(tag)).backwards())
                    .forEachRemaining(event -> found.add(event.position()));
        }

        assertThat(found).hasSize(8).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void everyTypeIsKnown() {
        Set<String> types = new HashSet<>();
        history.forEach(event -> types.add(event.type()));

        assertThat(log.types()).containsExactlyInAnyOrderElementsOf(types).isSorted();
    }

    private List<RecordedEvent> page(EventQuery query, int size) {
        List<RecordedEvent> page = new ArrayList<>();
        Browsing browsing = log.browse(query);
        while (page.size() < size && browsing.hasNext()) {
            page.add(browsing.next());
        }
        return page;
    }

    private List<RecordedEvent> naive(EventQuery query) {
        List<RecordedEvent> matching = history.stream()
                .filter(event -> event.position() > query.after() && event.position() <= query.upTo())
                .filter(event -> query.criteria().matches(event.type(), event.tags()))
                .toList();
        return query.isBackwards() ? matching.reversed() : matching;
    }

    private static EventQuery query() {
        List<Criterion> anyOf = new ArrayList<>();
        for (int i = RANDOM.nextInt(10) == 0 ? 0 : 1 + RANDOM.nextInt(2); i > 0; i--) {
            Set<String> types = new HashSet<>();
            for (int t = RANDOM.nextInt(3); t > 0; t--) {
                types.add("chat.T" + RANDOM.nextInt(7));
            }
            anyOf.add(new Criterion(types, new HashSet<>(tags(RANDOM.nextInt(3)))));
        }
        EventQuery query = EventQuery.of(new Criteria(anyOf));
        if (RANDOM.nextBoolean()) {
            query = query.after(RANDOM.nextInt(3200));
        }
        if (RANDOM.nextBoolean()) {
            query = query.upTo(RANDOM.nextInt(3200));
        }
        return RANDOM.nextBoolean() ? query.backwards() : query;
    }

    private static NewEvent event(int number) {
        NewEvent event = TestLog.event("chat.T" + RANDOM.nextInt(6));
        return new NewEvent(
                event.id(),
                event.type(),
                "1",
                START.plusMillis(number),
                tags(RANDOM.nextInt(4)),
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static List<Tag> tags(int count) {
        Set<Tag> tags = new HashSet<>();
        for (int i = 0; i < count; i++) {
            tags.add(new Tag(RANDOM.nextBoolean() ? "room" : "person", Integer.toString(RANDOM.nextInt(12))));
        }
        return List.copyOf(tags);
    }

    private static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }
}
