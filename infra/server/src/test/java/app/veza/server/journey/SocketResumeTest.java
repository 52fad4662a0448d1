package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
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
    void whoMissedTooMuchIsToldSo() {
        Person anna = person();
        String room = room(anna, "public");
        Socket socket = socket(anna);
        long from = say(socket, room, "seen").path("position").asLong();
        // some more than the bound: the last ones may still be on their way to the feed, and then count as live
        for (int i = 0; i < Product.MOST_REPLAYED + 20; i++) {
            anna.client().post("/api/rooms/" + room + "/messages", Map.of("text", "missed " + i));
        }

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
