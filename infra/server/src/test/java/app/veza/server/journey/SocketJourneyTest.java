package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a client lives through on a socket, against a started product on real servers. */
class SocketJourneyTest {

    private static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @TempDir
    static Path directory;

    private static Product product;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        product = new Product(directory);
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void hangUp() {
        sockets.forEach(Socket::close);
    }

    private record Person(String id, String username, String token, Client client) {}

    private static Person person() {
        String username = "talker" + PEOPLE.incrementAndGet();
        Client anybody = product.anonymous();
        Answer registered = anybody.post(
                "/auth/register",
                Map.of("username", username, "email", username + "@example.org", "password", PASSWORD));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        Answer login = anybody.post("/auth/login", Map.of("username", username, "password", PASSWORD));
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        String token = login.text("accessToken");
        return new Person(registered.text("userId"), username, token, anybody.as(token));
    }

    private static String room(Person owner, String visibility, Person... members) {
        Answer created = owner.client().post("/api/rooms", Map.of("name", "Quay", "visibility", visibility));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String room = created.text("roomId");
        for (Person member : members) {
            Answer added = owner.client().send("PUT", "/api/rooms/" + room + "/members/" + member.id(), "{}");
            assertThat(added.status()).as(added.toString()).isBetween(200, 299);
        }
        return room;
    }

    private Socket socket(Person person) {
        return socket(person, product);
    }

    private Socket socket(Person person, Product node) {
        Socket socket = Socket.open("ws://" + node.gateway() + "/ws", person.token());
        sockets.add(socket);
        return socket;
    }

    private static JsonNode say(Socket socket, String room, String text) {
        return accepted(socket.ask("message.send", Map.of("roomId", room, "text", text)));
    }

    private static JsonNode accepted(JsonNode reply) {
        assertThat(reply.path("type").asString()).as(reply.toString()).isIn("ack", "subscribed");
        return reply;
    }

    private static long follow(Socket socket, String room) {
        return accepted(socket.ask("room.subscribe", Map.of("roomId", room)))
                .path("position")
                .asLong();
    }

    private static String problem(JsonNode reply) {
        assertThat(reply.path("type").asString()).as(reply.toString()).isEqualTo("error");
        String type = reply.path("problem").path("type").asString();
        return type.substring(type.lastIndexOf('/') + 1);
    }

    private static List<Long> positions(List<JsonNode> events) {
        return events.stream().map(event -> event.path("position").asLong()).toList();
    }

    @Test
    void twoPeopleTalkAndSeeTheSameInTheSameOrder() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        follow(annas, room);
        follow(bens, room);

        JsonNode first = say(annas, room, "Ahoy");
        JsonNode second = accepted(bens.ask(
                "message.send",
                Map.of(
                        "roomId",
                        room,
                        "text",
                        "Ahoy yourself",
                        "replyTo",
                        first.path("messageId").asString())));
        Answer third = ben.client().post("/api/rooms/" + room + "/messages", Map.of("text", "And over HTTP"));
        assertThat(third.status()).isEqualTo(201);

        List<JsonNode> seen = bens.events(3);
        assertThat(annas.events(3)).isEqualTo(seen);
        assertThat(positions(seen))
                .containsExactly(
                        first.path("position").asLong(), second.path("position").asLong(), third.position());
        JsonNode event = seen.getFirst();
        assertThat(event.path("type").asString()).isEqualTo("message.sent");
        assertThat(event.path("roomId").asString()).isEqualTo(room);
        JsonNode message = event.path("message");
        assertThat(message.path("id").asString())
                .isEqualTo(first.path("messageId").asString());
        assertThat(message.path("text").asString()).isEqualTo("Ahoy");
        assertThat(message.path("sender").path("username").asString()).isEqualTo(anna.username());
        assertThat(seen.get(1).path("message").path("replyTo").asString())
                .isEqualTo(first.path("messageId").asString());

        Answer history = ben.client()
                .get("/api/rooms/" + room + "/messages", "Veza-Min-Position", Long.toString(third.position()));
        assertThat(seen.reversed().stream().map(sent -> sent.path("message")).toList())
                .as("as a read has them, but for the caller's own reactions")
                .zipSatisfy(
                        history.body().path("items").valueStream().toList(),
                        (live, read) -> live.properties()
                                .forEach(member -> assertThat(read.get(member.getKey()))
                                        .as(member.getKey())
                                        .isEqualTo(member.getValue())));
    }

    @Test
    void aMessageThatIsSentAgainIsTheSameMessageThroughEitherDoor() {
        Person anna = person();
        String room = room(anna, "public");
        Socket socket = socket(anna);
        follow(socket, room);
        Map<String, String> message = Map.of("roomId", room, "text", "Once", "clientMessageId", "c-1");

        JsonNode first = accepted(socket.ask("message.send", message));
        JsonNode again = accepted(socket.ask("message.send", message));
        Answer overHttp = anna.client()
                .post("/api/rooms/" + room + "/messages", Map.of("text", "Once", "clientMessageId", "c-1"));

        assertThat(again.path("messageId")).isEqualTo(first.path("messageId"));
        assertThat(again.path("position")).isEqualTo(first.path("position"));
        assertThat(overHttp.text("messageId")).isEqualTo(first.path("messageId").asString());
        socket.events(1);
        JsonNode other =
                socket.ask("message.send", Map.of("roomId", room, "text", "Another", "clientMessageId", "c-1"));
        assertThat(problem(other)).isEqualTo("idempotency-key-reused");
    }

    @Test
    void whatIsRefusedOverHttpIsRefusedAlike() {
        Person anna = person();
        Socket stranger = socket(person());
        String open = room(anna, "public");
        String hidden = room(anna, "private");

        for (String type : List.of("room.subscribe", "message.send")) {
            assertThat(problem(stranger.ask(type, Map.of("roomId", open, "text", "Hello"))))
                    .isEqualTo("not-a-member");
            assertThat(problem(stranger.ask(type, Map.of("roomId", hidden, "text", "Hello"))))
                    .isEqualTo("not-found");
            assertThat(problem(stranger.ask(type, Map.of("roomId", "nowhere", "text", "Hello"))))
                    .isEqualTo("invalid");
        }
        Socket member = socket(anna);
        JsonNode empty = member.ask("message.send", Map.of("roomId", open, "text", " "));
        assertThat(problem(empty)).isEqualTo("invalid");
        assertThat(empty.path("problem").path("errors").path(0).path("pointer").asString())
                .isEqualTo("/text");
        assertThat(problem(member.ask("room.subscribe", Map.of("roomId", open, "from", -1))))
                .isEqualTo("invalid");
        assertThat(problem(member.ask("typing.start", Map.of("roomId", open)))).isEqualTo("unknown-type");
        say(member, open, "Nobody else hears this");
        assertThat(stranger.events()).isEmpty();
    }

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

    @Test
    void whoIsRemovedSeesThatAndNothingMore() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        follow(annas, room);
        follow(bens, room);

        Answer removed = anna.client().send("DELETE", "/api/rooms/" + room + "/members/" + ben.id(), null);
        assertThat(removed.status()).as(removed.toString()).isBetween(200, 299);
        say(annas, room, "Among ourselves");

        List<JsonNode> seen = annas.events(2);
        JsonNode left = seen.getFirst();
        assertThat(left.path("type").asString()).isEqualTo("member.left");
        assertThat(left.path("person").path("id").asString()).isEqualTo(ben.id());
        assertThat(bens.events(1)).containsExactly(left);
        assertThat(problem(bens.ask("room.subscribe", Map.of("roomId", room)))).isEqualTo("not-found");

        Answer back = anna.client().send("PUT", "/api/rooms/" + room + "/members/" + ben.id(), "{}");
        JsonNode joined = annas.events(3).getLast();
        assertThat(joined.path("type").asString()).isEqualTo("member.joined");
        assertThat(joined.path("role").asString()).isEqualTo("member");
        assertThat(joined.path("position").asLong()).isEqualTo(back.position());
    }

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
            assertThat(bens.events(3)).isEqualTo(seen.subList(0, 3));
            assertThat(anna.client().send("POST", "/auth/logout", null).status())
                    .isEqualTo(204);
            assertThat(there.closeCode(Duration.ofSeconds(1))).isEqualTo(4401);
        }
    }

    @Test
    void whoUnsubscribesHearsNoMore() {
        Person anna = person();
        String room = room(anna, "public");
        Socket follows = socket(anna);
        Socket stopped = socket(anna);
        follow(follows, room);
        follow(stopped, room);
        accepted(stopped.ask("room.unsubscribe", Map.of("roomId", room)));

        say(follows, room, "Still there?");

        follows.events(1);
        stopped.events(0);
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
    void chatIsHealthyAndSaysSo() {
        var gateway = new Client("http://" + product.gateway(), null);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Answer health = gateway.get("/health");
            assertThat(health.status()).as(health.toString()).isEqualTo(200);
            assertThat(health.text("status")).isEqualTo("UP");
            assertThat(health.body().path("parts").propertyNames())
                    .containsExactlyInAnyOrder("chat", "eventLog", "nats");
            assertThat(health.body().path("parts").path("chat").path("status").asString())
                    .isEqualTo("UP");
        });
    }
}
