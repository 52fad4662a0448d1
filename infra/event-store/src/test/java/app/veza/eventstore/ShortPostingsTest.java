package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are kept of the index say what the log says, also while they are read for the first time and grow beyond what is kept. */
class ShortPostingsTest {

    private static final long SEED = System.nanoTime();
    private static final int READERS = 3;

    @TempDir
    Path directory;

    /** What was found, up to where. */
    private record Look(Criteria criteria, long marker, List<Long> found) {}

    @Test
    void whatIsReadWhileMuchIsAppendedIsComplete() throws Exception {
        Queue<Look> looks = new ConcurrentLinkedQueue<>();
        var ended = new AtomicBoolean();
        try (EventLog log = TestLog.open(TestLog.config(directory));
                ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                var random = new Random(SEED + reader);
                running.add(readers.submit(() -> {
                    while (!ended.get()) {
                        looks.add(look(log, random));
                    }
                }));
            }
            var random = new Random(SEED);
            for (int i = 0; i < 3_000; i++) {
                // More and more tags: lists that nobody has asked for yet come up all the while
                NewEvent next = event("Type" + random.nextInt(3), tags(random, 1 + i / 100));
                if (i % 10 == 0) {
                    appended(log, next);
                } else {
                    log.append(AppendRequest.of(next));
                }
            }
            appended(log, event("Last"));
            ended.set(true);
            for (Future<?> reader : running) {
                reader.get();
            }
            List<RecordedEvent> history = all(log);
            assertThat(looks)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(look -> assertThat(look.found())
                            .as("%s up to %d, seed %d", look.criteria(), look.marker(), SEED)
                            .isEqualTo(naive(history, look)));
            assertThat(looks).anyMatch(look -> look.found().size() > ShortPostings.LONGEST);
            assertThat(looks)
                    .anyMatch(look -> look.found().size() > 5 && look.found().size() < ShortPostings.LONGEST);
        }
    }

    @Test
    void aListGrowsBeyondWhatIsKept() {
        Tag tag = new Tag("room", "a");
        try (EventLog log = TestLog.open(TestLog.config(directory))) {
            Criteria criteria = Criteria.anyOf(new Criterion(Set.of("Said"), Set.of(tag)));
            for (int i = 1; i <= ShortPostings.LONGEST + 2; i++) {
                appended(log, event("Said", tag));
                assertThat(positions(TestLog.sourced(log, criteria, 0)))
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, i)
                                .mapToObj(Long::valueOf)
                                .toList());
            }
        }
    }

    private static Look look(EventLog log, Random random) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            types.add("Type" + random.nextInt(3));
        }
        Criteria criteria = Criteria.anyOf(
                new Criterion(types, Set.of(tags(random, 30))), new Criterion(types, Set.of(tags(random, 30))));
        Sourcing sourcing = log.source(criteria, 0);
        List<RecordedEvent> found = new ArrayList<>();
        sourcing.forEachRemaining(found::add);
        return new Look(criteria, sourcing.marker(), positions(found));
    }

    /** One to three, of different keys. */
    private static Tag[] tags(Random random, int values) {
        return random.ints(0, 4)
                .distinct()
                .limit(1 + random.nextInt(3))
                .mapToObj(key -> new Tag("key" + key, "value" + random.nextInt(values)))
                .toArray(Tag[]::new);
    }

    private static List<Long> naive(List<RecordedEvent> history, Look look) {
        return positions(history.stream()
                .filter(event -> event.position() <= look.marker())
                .filter(event -> look.criteria().matches(event.type(), event.tags()))
                .toList());
    }

    private static List<Long> positions(Collection<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }
}
