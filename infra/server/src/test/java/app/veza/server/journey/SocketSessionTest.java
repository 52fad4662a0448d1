package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who comes in to a socket, and when it ends. */
class SocketSessionTest extends SocketJourney {

    @Test
    void everyNodeTellsTheSameAndEndsTheSame() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        try (Product other = product.anotherNode(directory)) {
            Socket here = socket(anna);
            Socket there = socket(anna, other);
            Socket bens = socket(ben, other);
            follow(here, room);
            follow(there, room);
            follow(bens, room);

            say(here, room, "From one node");
            say(bens, room, "From the other");
            anna.client().send("DELETE", "/api/rooms/" + room + "/members/" + ben.id(), null);
            say(here, room, "Among ourselves");

            List<JsonNode> seen = here.events(4);
            assertThat(there.events(4)).isEqualTo(seen);
            assertThat(bens.events(4).subList(0, 3)).isEqualTo(seen.subList(0, 3));
            assertThat(anna.client().send("POST", "/auth/logout", null).status())
                    .isEqualTo(204);
            assertThat(there.closeCode(Duration.ofSeconds(1))).isEqualTo(4401);
        }
    }

    @Test
    void theSocketsOfAnEndedSessionAreClosedWithinASecond() {
        Person anna = person();
        Socket first = socket(anna);
        Socket second = socket(anna);
        Socket other = socket(person());

        assertThat(anna.client().send("POST", "/auth/logout", null).status()).isEqualTo(204);

        assertThat(first.closeCode(Duration.ofSeconds(1))).isEqualTo(4401);
        assertThat(second.closeCode(Duration.ofSeconds(1))).isEqualTo(4401);
        assertThat(first.events())
                .extracting(event -> event.path("type").asString())
                .containsExactly("session.ended");
        assertThat(Socket.refused("ws://" + product.gateway() + "/ws", anna.token()))
                .isEqualTo(401);
        accepted(other.ask("ping", Map.of()));
    }

    @Test
    void aTicketOpensOneSocketOfItsSession() {
        Person anna = person();
        Answer ticket = anna.client().send("POST", "/auth/ws-ticket", null);
        assertThat(ticket.status()).as(ticket.toString()).isEqualTo(200);
        assertThat(ticket.body().path("expiresIn").asInt()).isEqualTo(30);
        String address = "ws://" + product.gateway() + "/ws?ticket=" + ticket.text("ticket");

        Socket socket = Socket.open(address, null);
        sockets.add(socket);
        say(socket, room(anna, "public"), "From a browser");
        assertThat(Socket.refused(address, null)).as("used before").isEqualTo(401);

        String unused = anna.client().send("POST", "/auth/ws-ticket", null).text("ticket");
        anna.client().send("POST", "/auth/logout", null);
        assertThat(socket.closeCode(Duration.ofSeconds(1))).isEqualTo(4401);
        assertThat(Socket.refused("ws://" + product.gateway() + "/ws?ticket=" + unused, null))
                .isEqualTo(401);
    }

    @Test
    void nobodyComesInWithoutCredentials() {
        assertThat(product.anonymous().send("POST", "/auth/ws-ticket", null).status())
                .isEqualTo(401);
        assertThat(Socket.refused("ws://" + product.gateway() + "/ws", null)).isEqualTo(401);
        assertThat(Socket.refused("ws://" + product.gateway() + "/ws", "no.such.token"))
                .isEqualTo(401);
        assertThat(Socket.refused("ws://" + product.gateway() + "/ws?ticket=" + UUID.randomUUID(), null))
                .isEqualTo(401);
    }

    @Test
    void chatAndStreamsAreHealthyAndSaySo() {
        var gateway = new Client("http://" + product.gateway(), null);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Answer health = gateway.get("/health");
            assertThat(health.status()).as(health.toString()).isEqualTo(200);
            assertThat(health.text("status")).isEqualTo("UP");
            assertThat(health.body().path("parts").propertyNames())
                    .containsExactlyInAnyOrder("chat", "stream", "eventLog", "nats");
            assertThat(health.body().path("parts").path("chat").path("status").asString())
                    .isEqualTo("UP");
            assertThat(health.body().at("/parts/stream/status").asString()).isEqualTo("UP");
            assertThat(health.body().at("/parts/stream/broadcasts").asInt(-1)).isZero();
            assertThat(health.body().at("/parts/stream/mostBroadcasts").asInt()).isPositive();
        });
    }
}
