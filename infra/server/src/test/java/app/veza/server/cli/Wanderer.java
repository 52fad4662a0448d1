package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * One who follows a room on a socket that is cut again and again, each time at whatever it is, and resumes at any node from the last
 * position they have seen.
 */
final class Wanderer {

    private final List<String> addresses;
    private final String token;
    private final Place place;
    private final Random random;
    private final List<Long> positions = new ArrayList<>();
    private final Map<String, JsonNode> messages = new LinkedHashMap<>();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicLong seen;

    /**
     * Where a room is followed from.
     *
     * @param log of which the position is one
     * @param from position after which everything is to be seen
     */
    record Place(String room, String log, long from) {}

    Wanderer(List<String> addresses, String token, Place place, long seed) {
        this.addresses = addresses;
        this.token = token;
        this.place = place;
        this.random = new Random(seed);
        this.seen = new AtomicLong(place.from());
    }

    /** Until the position was seen, which is set in the end. */
    void follow(AtomicLong last) {
        try {
            while (seen.get() < last.get()) {
                try (Socket socket = Socket.open(addresses.get(random.nextInt(addresses.size())), token)) {
                    listen(socket);
                } catch (CompletionException | ConditionTimeoutException nodeIsAway) {
                    // the next try takes another node, or the same when it is back
                    Thread.yield();
                }
            }
        } finally {
            // nobody has to wait for one who follows no more
            seen.set(Long.MAX_VALUE);
        }
    }

    private void listen(Socket socket) {
        JsonNode subscribed =
                socket.ask("room.subscribe", Map.of("roomId", place.room(), "from", seen.get(), "log", place.log()));
        if (!subscribed.path("type").asString().equals("subscribed")) {
            // a node that stands again and has not read that far yet
            assertThat(subscribed.at("/problem/status").asInt())
                    .as(subscribed.toString())
                    .isEqualTo(503);
            return;
        }
        assertThat(subscribed.path("recovered").asBoolean())
                .as("from %d: %s", seen.get(), subscribed)
                .isTrue();
        resumed.incrementAndGet();
        int enough = random.nextInt(1, 40);
        try {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofMillis(random.nextInt(20, 2000)))
                    .until(() -> socket.events().size() >= enough);
        } finally {
            // whatever arrived: what was on its way is lost
            socket.events().forEach(this::see);
        }
    }

    private void see(JsonNode event) {
        if (!event.has("position")) {
            return;
        }
        positions.add(event.path("position").asLong());
        seen.set(positions.getLast());
        JsonNode message = event.path("message");
        if (message.isObject()) {
            messages.put(message.path("id").asString(), message);
        }
    }

    /** The last position that was seen; the highest number once they follow no more. */
    long seen() {
        return seen.get();
    }

    /** Of all events that were seen, in the order in which they came. */
    List<Long> positions() {
        return positions;
    }

    /** As they were last seen, by id. */
    Map<String, JsonNode> messages() {
        return messages;
    }

    int resumed() {
        return resumed.get();
    }
}
