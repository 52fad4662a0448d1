package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.cli.ThreeNodes.Person;
import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several nodes behind one set of stores: to a client it makes no difference which one answers. */
class SeveralNodesTest {

    @TempDir
    private static Path directory;

    private static ThreeNodes nodes;

    @BeforeAll
    static void start() {
        nodes = new ThreeNodes(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static String after(long position) {
        return Long.toString(position);
    }

    @Test
    void greetingStatusAndHealthNameAllNodesAndTheDurability() {
        JsonNode status = nodes.veza().status();
        assertThat(status.path("status").asString()).isEqualTo("up");
        assertThat(nodes.statuses()).containsOnly("up");
        assertThat(status.path("nodes")).hasSize(ThreeNodes.NODES);
        assertThat(status.path("processes").propertyNames()).contains("node-1", "node-2", "node-3");
        for (JsonNode node : status.path("nodes")) {
            assertThat(nodes.greeting())
                    .contains(node.path("http").asString(), node.path("ws").asString());
            assertThat(node.at("/parts/nats/durability").asString()).isEqualTo("power");
            assertThat(node.at("/parts/nats/replicas").asInt()).isEqualTo(1);
            assertThat(node.at("/parts/eventLog/logId")).isEqualTo(status.at("/nodes/0/parts/eventLog/logId"));
        }
        assertThat(status.path("nodes")
                        .valueStream()
                        .map(node -> node.path("role").asString()))
                .containsExactlyInAnyOrder("sequencer", "forwarder", "forwarder");
        assertThat(nodes.greeting()).contains("durability power");
        assertThat(nodes.veza().run("status").output()).contains("node-3", "durability power");
    }

    @Test
    void aSessionIsGoodOnEveryNodeAtOnce() {
        for (int i = 0; i < 5; i++) {
            Person person = nodes.person();
            Answer me = person.at(2).get("/api/me", "Veza-Min-Position", after(person.position()));
            assertThat(me.status()).as(me.toString()).isEqualTo(200);
            assertThat(me.text("username")).isEqualTo(person.username());
            assertThat(person.at(3).get("/api/me").status()).isEqualTo(200);
        }
    }

    @Test
    void aSessionThatEndedIsOverOnEveryNode() {
        Person person = nodes.person();
        assertThat(person.at(2).get("/api/me").status()).isEqualTo(200);

        assertThat(person.at(1).send("POST", "/auth/logout", null).status()).isEqualTo(204);

        var second = CompletableFuture.supplyAsync(() -> person.at(2).letInFor("/api/me"));
        assertThat(person.at(3).letInFor("/api/me")).isLessThan(Duration.ofSeconds(1));
        assertThat(second.join()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aTicketOfOneNodeOpensOneSocketOnAnother() {
        String ticket =
                nodes.person().at(1).send("POST", "/auth/ws-ticket", null).text("ticket");
        List<String> sockets = nodes.sockets().stream()
                .map(address -> address + "?ticket=" + ticket)
                .toList();
        try (Socket socket = Socket.open(sockets.get(1), null)) {
            assertThat(socket.ask("ping", Map.of()).path("type").asString()).isEqualTo("ack");
        }
        assertThat(Socket.refused(sockets.get(1), null)).isEqualTo(401);
        assertThat(Socket.refused(sockets.get(2), null)).isEqualTo(401);
    }

    @Test
    void whatOneNodeAcknowledgedTheOthersDecideOnAndShow() {
        Person person = nodes.person();
        Answer created = person.at(2).post("/api/rooms", Map.of("name", "Harbour", "visibility", "public"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String messages = "/api/rooms/" + created.text("roomId") + "/messages";

        Answer sent =
                person.at(3).post(messages, Map.of("text", "Ahoy"), "Veza-Min-Position", after(created.position()));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);

        Answer history = person.at(1).get(messages, "Veza-Min-Position", after(sent.position()));
        assertThat(history.status()).as(history.toString()).isEqualTo(200);
        assertThat(history.body().at("/items/0/id").asString()).isEqualTo(sent.text("messageId"));
    }

    @Test
    void aCommandIsDoneOnceWhicheverNodesItIsSentTo() {
        Person person = nodes.person();
        Map<String, String> room = Map.of("name", "Once", "visibility", "public");
        String key = "the-same-key";

        List<Answer> answers = person.everywhere().stream()
                .map(node -> node.post("/api/rooms", room, "Idempotency-Key", key))
                .toList();

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> answer.text("roomId"))
                .containsOnly(answers.getFirst().text("roomId"));
    }
}
