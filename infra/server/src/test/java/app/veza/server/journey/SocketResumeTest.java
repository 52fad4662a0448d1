package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who was away gets what was said meanwhile, or is told that it is too much. */
class SocketResumeTest extends SocketJourney {

    @Test
    void whoComesBackGetsEverythingAfterThePositionOnceWhileOthersTalkOn() throws InterruptedException {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "public", ben);
        String elsewhere = room(anna, "public");
        Socket annas = socket(anna);
        List<Long> said = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            said.add(say(annas, room, "before " + i).path("position").asLong());
            say(annas, elsewhere, "not for this room");
        }
        long from = said.get(9);
        var enough = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        Thread talker = Thread.ofVirtual()
                .uncaughtExceptionHandler((t, e) -> failure.set(e))
                .start(() -> {
                    for (int i = 0; i < 80 && !enough.get(); i++) {
                        Answer sent =
                                anna.client().post("/api/rooms/" + room + "/messages", Map.of("text", "during " + i));
                        said.add(sent.position());
                    }
                });
        List<Socket> resumed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Socket bens = socket(ben);
            JsonNode subscribed = accepted(bens.ask("room.subscribe", Map.of("roomId", room, "from", from)));
            assertThat(subscribed.path("recovered").asBoolean()).isTrue();
            assertThat(bens.received().getFirst()).as("comes first").isEqualTo(subscribed);
            resumed.add(bens);
        }
        enough.set(true);
        talker.join();
        assertThat(failure.get()).isNull();

        List<Long> expected = said.stream().filter(position -> position > from).toList();
        for (Socket bens : resumed) {
            assertThat(positions(bens.events(expected.size()))).isEqualTo(expected);
        }
    }

    @Test
    void aPositionThatTheLogDoesNotHaveIsNotRecovered() {
        Person anna = person();
        String room = room(anna, "public");
        Socket socket = socket(anna);
        say(socket, room, "missed");

        JsonNode subscribed = accepted(socket.ask("room.subscribe", Map.of("roomId", room, "from", 1_000_000_000L)));

        assertThat(subscribed.path("recovered").asBoolean()).isFalse();
        assertThat(subscribed.path("position").asLong()).isLessThan(1_000_000_000L);
        long live = say(socket, room, "live all the same").path("position").asLong();
        assertThat(positions(socket.events(1))).containsExactly(live);
    }

    @Test
    void aPositionOfThisLogThatTheNodeHasNotReadIsToBeAskedForAgain() {
        Person anna = person();
        String room = room(anna, "public");
        Socket socket = socket(anna);
        JsonNode sent = say(socket, room, "seen");
        long ahead = sent.path("position").asLong() + 1_000_000;
        String log = sent.path("log").asString();

        JsonNode refused = socket.ask("room.subscribe", Map.of("roomId", room, "from", ahead, "log", log));

        assertThat(problem(refused)).isEqualTo("position-not-reached");
        assertThat(refused.at("/problem/status").asInt()).isEqualTo(503);
        assertThat(refused.at("/problem/retryAfter").asInt()).isPositive();
        say(socket, room, "not subscribed");
        assertThat(socket.events(0)).isEmpty();
    }

    @Test
    void whoReadsTooSlowlyIsClosedAndResumesWithNothingLost() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "public", ben);
        SlowSocket slow = SlowSocket.open("ws://" + product.gateway() + "/ws", ben.token());
        slow.send("{\"id\":1,\"type\":\"room.subscribe\",\"roomId\":\"%s\"}".formatted(room));
        slow.read(1);
        double before = slowReaders();
        List<Long> said = new ArrayList<>();
        // some 30 KB each: more than sockets and the server keep for one connection
        String text = "\u8a71".repeat(10_000);
        while (slowReaders() == before) {
            assertThat(said.size()).as("messages that nobody reads").isLessThan(1_000);
            Answer sent = anna.client().post("/api/rooms/" + room + "/messages", Map.of("text", text));
            assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
            said.add(sent.position());
        }

        assertThat(slow.readAll(Duration.ofSeconds(60))).isEqualTo(4408);

        List<Long> seen = new ArrayList<>(positions(slow.events()));
        assertThat(seen).isNotEmpty().hasSizeLessThan(said.size()).isEqualTo(said.subList(0, seen.size()));
        Socket again = socket(ben);
        JsonNode subscribed = accepted(again.ask("room.subscribe", Map.of("roomId", room, "from", seen.getLast())));
        assertThat(subscribed.path("recovered").asBoolean()).isTrue();
        seen.addAll(positions(again.events(said.size() - seen.size())));
        assertThat(seen).isEqualTo(said);
    }

    private static double slowReaders() {
        return product.part(MeterRegistry.class)
                .get("gateway.slow.readers")
                .counter()
                .count();
    }

    @Test
    void whoMissedTooMuchIsToldSo() {
        Person anna = person();
        String room = room(anna, "public");
        Socket socket = socket(anna);
        long from = say(socket, room, "seen").path("position").asLong();
        Socket another = socket(anna);
        follow(another, room);
        int missed = Product.MOST_REPLAYED + 1;
        for (int i = 0; i < missed; i++) {
            anna.client().post("/api/rooms/" + room + "/messages", Map.of("text", "missed " + i));
        }
        // what is still on its way to the feed would count as live
        another.events(missed);

        JsonNode subscribed = accepted(socket.ask("room.subscribe", Map.of("roomId", room, "from", from)));
        assertThat(subscribed.path("recovered").asBoolean()).isFalse();
        long live = say(socket, room, "live all the same").path("position").asLong();
        assertThat(positions(socket.events(1))).containsExactly(live);

        JsonNode nearer = accepted(socket.ask("room.subscribe", Map.of("roomId", room, "from", from + 1)));
        assertThat(nearer.path("recovered").asBoolean()).isFalse();
        JsonNode near = accepted(socket.ask("room.subscribe", Map.of("roomId", room, "from", live - 5)));
        assertThat(near.path("recovered").asBoolean()).isTrue();
        assertThat(positions(socket.events(6)).subList(1, 6)).endsWith(live).hasSize(5);
    }

    @Test
    void aNodeThatStopsSaysSoAndWhoComesBackMissesNothing() {
        Person anna = person();
        String room = room(anna, "public");
        Socket before = socket(anna);
        long seen = say(before, room, "seen").path("position").asLong();
        long missed = say(before, room, "missed").path("position").asLong();

        product.restart();

        assertThat(before.closeCode(Duration.ofSeconds(5))).isEqualTo(1012);
        Socket after = socket(anna);
        JsonNode subscribed = accepted(after.ask("room.subscribe", Map.of("roomId", room, "from", seen)));
        assertThat(subscribed.path("recovered").asBoolean()).isTrue();
        long live = say(after, room, "live").path("position").asLong();
        assertThat(positions(after.events(2))).containsExactly(missed, live);
    }
}
