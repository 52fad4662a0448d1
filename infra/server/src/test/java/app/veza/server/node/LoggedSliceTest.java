package app.veza.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.PayloadTransform;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Slice;
import app.veza.projectionengine.Slicing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index finds of a slice is what looking at every event finds. */
class LoggedSliceTest {

    private static final int EVENTS = 600;
    private static final List<String> TYPES = List.of("Said", "Joined", "Erased", "Other");

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom();

    private NewEvent event() {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        Tag person = new Tag("person", "p" + random.nextInt(5));
        return new NewEvent(
                UUID.randomUUID().toString(),
                type,
                "1",
                Instant.now(),
                type.equals("Erased") ? List.of(person) : List.of(new Tag("room", "r" + random.nextInt(20)), person),
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isReadByTheIndexAsByLookingAtEveryEvent() throws Exception {
        try (NatsServer nats = NatsServer.start(NatsServerOptions.temporary());
                EventLog log = EventLog.open(
                        EventLogConfig.defaults(nats.url(), directory.resolve("index")), new SimpleMeterRegistry())) {
            for (int i = 0; i < EVENTS; i += 20) {
                List<NewEvent> some = new ArrayList<>();
                for (int j = 0; j < 20; j++) {
                    some.add(event());
                }
                log.append(AppendRequest.of(some)).get(60, TimeUnit.SECONDS);
            }
            assertThat(log.awaitIndexed(EVENTS, Duration.ofSeconds(60))).isTrue();
            LoggedEvents events =
                    new LoggedEvents(log, new JacksonEventCodec(Map.of(), List.of(), PayloadTransform.NONE));
            Slice slice = new Slice(
                    Slicing.by("room", "room_id").withEverywhere(Set.of("Erased")),
                    Set.of("Said", "Erased"),
                    Set.of("r3", "r7"));
            List<Long> expected = events.read(0, EVENTS).stream()
                    .filter(slice::has)
                    .map(LoggedEvent::position)
                    .toList();
            assertThat(expected).hasSizeGreaterThan(50);
            for (int page : List.of(1, 7, EVENTS)) {
                assertThat(read(events, slice, page))
                        .as("pages of %d", page)
                        .filteredOn(slice::has)
                        .extracting(LoggedEvent::position)
                        .containsExactlyElementsOf(expected);
            }
            assertThat(events.read(EVENTS, EVENTS, 10, slice)).isEmpty();
            assertThat(events.read(0, 100, EVENTS, slice).getLast().position()).isEqualTo(100);
        }
    }

    private static List<LoggedEvent> read(LoggedEvents events, Slice slice, int page) {
        List<LoggedEvent> all = new ArrayList<>();
        for (long at = 0; at < EVENTS; at = all.getLast().position()) {
            all.addAll(events.read(at, EVENTS, page, slice));
        }
        assertThat(all.getLast().position()).isEqualTo(EVENTS);
        return all;
    }
}
