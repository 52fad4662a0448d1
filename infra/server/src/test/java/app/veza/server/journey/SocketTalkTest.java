package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people say to each other on sockets. */
class SocketTalkTest extends SocketJourney {

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

        for (String type : List.of("room.subscribe", "message.send", "typing.start")) {
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
        assertThat(problem(member.ask("room.paint", Map.of()))).isEqualTo("unknown-type");
        say(member, open, "Nobody else hears this");
        assertThat(stranger.events()).isEmpty();
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
        JsonNode ended = bens.events(2).getLast();
        assertThat(bens.events().getFirst()).isEqualTo(left);
        assertThat(ended.path("type").asString()).isEqualTo("room.unsubscribed");
        assertThat(ended.path("roomId").asString()).isEqualTo(room);
        assertThat(ended.path("reason").asString()).isEqualTo("removed");
        assertThat(problem(bens.ask("room.subscribe", Map.of("roomId", room)))).isEqualTo("not-found");

        Answer back = anna.client().send("PUT", "/api/rooms/" + room + "/members/" + ben.id(), "{}");
        JsonNode joined = annas.events(3).getLast();
        assertThat(joined.path("type").asString()).isEqualTo("member.joined");
        assertThat(joined.path("role").asString()).isEqualTo("member");
        assertThat(joined.path("position").asLong()).isEqualTo(back.position());
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

    /** This product runs without limits, as under load tests: with them, 200 at once and 50 a second. */
    @Test
    void withoutLimitsFramesAreNotCounted() {
        Socket socket = socket(person());
        List<Integer> pings = IntStream.range(0, 1_000)
                .mapToObj(ping -> socket.send("ping", Map.of()))
                .toList();

        socket.reply(pings.getLast());
        assertThat(socket.received()).hasSize(1_000).allSatisfy(SocketJourney::accepted);
    }
}
