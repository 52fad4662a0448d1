package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A started product on real servers, and people with sockets to it. */
abstract class SocketJourney {

    static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @TempDir
    static Path directory;

    static Product product;

    final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        product = new Product(directory);
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    /** Whatever was sent to clients is as the document has it. */
    @AfterEach
    void hangUp() {
        sockets.forEach(Socket::close);
        sockets.forEach(socket -> SocketDocument.check(socket.received()));
        sockets.clear();
    }

    record Person(String id, String username, String token, Client client) {}

    static Person person() {
        return person(product);
    }

    static Person person(Product node) {
        String username = "talker" + PEOPLE.incrementAndGet();
        Answer registered = register(node, username);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        Answer login = login(node, username, PASSWORD);
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        String token = login.text("accessToken");
        return new Person(
                registered.text("userId"), username, token, node.anonymous().as(token));
    }

    static Answer register(String username) {
        return register(product, username);
    }

    private static Answer register(Product node, String username) {
        return node.anonymous()
                .post(
                        "/auth/register",
                        Map.of("username", username, "email", username + "@example.org", "password", PASSWORD));
    }

    static Answer login(String username, String password) {
        return login(product, username, password);
    }

    private static Answer login(Product node, String username, String password) {
        return node.anonymous().post("/auth/login", Map.of("username", username, "password", password));
    }

    static String room(Person owner, String visibility, Person... members) {
        Answer created = owner.client().post("/api/rooms", Map.of("name", "Quay", "visibility", visibility));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String room = created.text("roomId");
        for (Person member : members) {
            Answer added = owner.client().send("PUT", "/api/rooms/" + room + "/members/" + member.id(), "{}");
            assertThat(added.status()).as(added.toString()).isBetween(200, 299);
        }
        return room;
    }

    Socket socket(Person person) {
        return socket(person, product);
    }

    Socket socket(Person person, Product node) {
        Socket socket = Socket.open("ws://" + node.gateway() + "/ws", person.token());
        sockets.add(socket);
        return socket;
    }

    static JsonNode say(Socket socket, String room, String text) {
        return accepted(socket.ask("message.send", Map.of("roomId", room, "text", text)));
    }

    static JsonNode accepted(JsonNode reply) {
        assertThat(reply.path("type").asString()).as(reply.toString()).isIn("ack", "subscribed");
        return reply;
    }

    static long follow(Socket socket, String room) {
        return accepted(socket.ask("room.subscribe", Map.of("roomId", room)))
                .path("position")
                .asLong();
    }

    static String problem(JsonNode reply) {
        assertThat(reply.path("type").asString()).as(reply.toString()).isEqualTo("error");
        String type = reply.path("problem").path("type").asString();
        return type.substring(type.lastIndexOf('/') + 1);
    }

    static List<Long> positions(List<JsonNode> events) {
        return events.stream().map(event -> event.path("position").asLong()).toList();
    }
}
