package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of messages and members, as sockets see it. */
class SocketRoomTest extends SocketJourney {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static String text(JsonNode frame, String... path) {
        JsonNode node = frame;
        for (String step : path) {
            node = node.path(step);
        }
        return node.asString("");
    }

    @Test
    void whatBecomesOfAMessageIsToldAsItHappensAndItsPresentStateAfterwards() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        long from = follow(annas, room);
        follow(bens, room);
        String kept = text(say(annas, room, "Helo"), "messageId");
        Map<String, String> it = Map.of("roomId", room, "messageId", kept);

        accepted(annas.ask(
                "message.edit", Map.of("roomId", room, "messageId", kept, "text", "Hello @" + ben.username())));
        accepted(bens.ask("reaction.add", Map.of("roomId", room, "messageId", kept, "emoji", "🎉")));
        accepted(bens.ask("reaction.add", Map.of("roomId", room, "messageId", kept, "emoji", "👍")));
        accepted(bens.ask("reaction.remove", Map.of("roomId", room, "messageId", kept, "emoji", "🎉")));
        JsonNode read = accepted(bens.ask("read.mark", it));
        JsonNode readAgain = accepted(bens.ask("read.mark", it));
        String gone = text(say(bens, room, "Never mind"), "messageId");
        accepted(annas.ask("message.delete", Map.of("roomId", room, "messageId", gone)));

        List<JsonNode> seen = bens.events(8);
        assertThat(annas.events(8)).isEqualTo(seen);
        assertThat(seen)
                .extracting(event -> text(event, "type"))
                .containsExactly(
                        "message.sent",
                        "message.edited",
                        "reaction.added",
                        "reaction.added",
                        "reaction.removed",
                        "message.read",
                        "message.sent",
                        "message.deleted");
        assertThat(text(seen.get(0), "message", "text")).isEqualTo("Helo");
        JsonNode edited = seen.get(1).path("message");
        assertThat(text(edited, "text")).isEqualTo("Hello @" + ben.username());
        assertThat(edited.has("editedAt")).isTrue();
        assertThat(text(edited.path("mentions").path(0))).isEqualTo(ben.id());
        assertThat(text(seen.get(2), "emoji")).isEqualTo("🎉");
        assertThat(text(seen.get(2), "person", "id")).isEqualTo(ben.id());
        assertThat(seen.get(3).path("message").path("reactions").propertyNames())
                .containsExactly("🎉", "👍");
        assertThat(seen.get(4).path("message").path("reactions").propertyNames())
                .containsExactly("👍");
        assertThat(text(seen.get(5), "messageId")).isEqualTo(kept);
        assertThat(seen.get(5).path("message")).isEqualTo(seen.get(4).path("message"));
        assertThat(seen.get(5).path("messagePosition")).isEqualTo(seen.get(0).path("position"));
        assertThat(seen.get(5).path("position")).isEqualTo(read.path("position"));
        assertThat(readAgain.has("position")).as("nothing happened").isFalse();
        assertThat(text(seen.get(6), "message", "text")).isEqualTo("Never mind");
        assertThat(seen.get(7).path("message").has("text")).isFalse();

        Socket later = socket(anna);
        accepted(later.ask("room.subscribe", Map.of("roomId", room, "from", from)));
        List<JsonNode> replayed = later.events(8);
        assertThat(positions(replayed)).isEqualTo(positions(seen));
        assertThat(text(replayed.get(0), "message", "text")).isEqualTo("Hello @" + ben.username());
        assertThat(text(replayed.get(6), "type")).isEqualTo("message.sent");
        assertThat(replayed.get(6).path("message").has("text")).isFalse();
        assertThat(replayed.get(6).path("message").has("deletedAt")).isTrue();
    }

    @Test
    void whoTypesIsSeenByThoseInTheRoomAndItIsNoHistory() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        long from = follow(annas, room);
        follow(bens, room);

        accepted(bens.ask("typing.start", Map.of("roomId", room)));
        // By then Anna's socket has it: signals are not ordered with what is answered
        await().atMost(SOON).untilAsserted(() -> assertThat(annas.events()).hasSize(1));
        accepted(bens.ask("typing.stop", Map.of("roomId", room)));
        await().atMost(SOON).untilAsserted(() -> assertThat(annas.events()).hasSize(2));

        assertThat(annas.events()).allSatisfy(typing -> {
            assertThat(text(typing, "type")).isEqualTo("typing");
            assertThat(text(typing, "roomId")).isEqualTo(room);
            assertThat(text(typing, "person", "id")).isEqualTo(ben.id());
            assertThat(typing.has("position")).isFalse();
        });
        assertThat(annas.events())
                .extracting(typing -> typing.path("expiresIn").asInt())
                .containsExactly(10, 0);
        Socket later = socket(anna);
        accepted(later.ask("room.subscribe", Map.of("roomId", room, "from", from)));
        later.events(0);
    }

    @Test
    void whatChangesOfARoomAndItsMembersIsToldAsItHappensAndToWhoComesBack() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        long from = follow(annas, room);
        follow(bens, room);

        List<Long> changed = List.of(
                change(anna, "PATCH", room, "", "{\"name\":\"Harbour\",\"topic\":\"Boats\"}"),
                change(anna, "PATCH", room, "", "{\"topic\":\"\"}"),
                change(anna, "PUT", room, "/slow-mode", "{\"seconds\":30}"),
                change(anna, "PUT", room, "/mutes/" + ben.id(), "{\"until\":\"2126-05-01T20:00:00Z\"}"),
                change(anna, "DELETE", room, "/mutes/" + ben.id(), null),
                change(anna, "PUT", room, "/members/" + ben.id(), "{\"role\":\"moderator\"}"));

        List<JsonNode> seen = bens.events(6);
        assertThat(annas.events(6)).isEqualTo(seen);
        assertThat(positions(seen)).isEqualTo(changed);
        assertThat(seen)
                .extracting(event -> text(event, "type") + " " + text(event, "person", "id") + " " + changes(event))
                .containsExactly(
                        "room.changed " + anna.id() + " {\"name\":\"Harbour\",\"topic\":\"Boats\"}",
                        "room.changed " + anna.id() + " {\"name\":\"Harbour\"}",
                        "room.changed " + anna.id() + " {\"slowModeSeconds\":30}",
                        "member.changed " + ben.id() + " {\"muted\":true,\"mutedUntil\":\"2126-05-01T20:00:00Z\"}",
                        "member.changed " + ben.id() + " {\"muted\":false}",
                        "member.changed " + ben.id() + " {\"role\":\"moderator\"}");
        Socket later = socket(ben);
        accepted(later.ask("room.subscribe", Map.of("roomId", room, "from", from)));
        assertThat(later.events(6)).isEqualTo(seen);
    }

    /** @return where in the log */
    private static long change(Person by, String method, String room, String path, @Nullable String body) {
        Answer answer = by.client().send(method, "/api/rooms/" + room + path, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(204);
        return answer.position();
    }

    /** Of an event that somebody or a room changed: what is otherwise. */
    private static String changes(JsonNode event) {
        return ((ObjectNode) event.deepCopy())
                .remove(List.of("type", "position", "roomId", "person"))
                .toString();
    }

    @Test
    void whoIsBannedSeesThatTheyLeftAndNothingMore() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "public", ben);
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        follow(annas, room);
        follow(bens, room);

        Answer banned = anna.client().send("PUT", "/api/rooms/" + room + "/bans/" + ben.id(), null);
        assertThat(banned.status()).as(banned.toString()).isEqualTo(204);
        say(annas, room, "Among ourselves");

        assertThat(annas.events(2)).hasSize(2);
        assertThat(bens.events(2))
                .extracting(event -> text(event, "type"))
                .containsExactly("member.left", "room.unsubscribed");
        Answer back = ben.client().send("PUT", "/api/rooms/" + room + "/members/me", "{}");
        assertThat(back.status()).isEqualTo(403);
        assertThat(back.body().path("type").asString()).endsWith("/banned");
    }

    @Test
    void aClosedRoomIsOverForWhoFollowsItAndForWhoComesBackToIt() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        follow(annas, room);
        long from = follow(bens, room);
        say(annas, room, "That was it");

        Answer closed = anna.client().send("DELETE", "/api/rooms/" + room, null);
        assertThat(closed.status()).as(closed.toString()).isEqualTo(204);

        List<JsonNode> seen = bens.events(2);
        assertThat(annas.events(2)).isEqualTo(seen);
        JsonNode last = seen.getLast();
        assertThat(text(last, "type")).isEqualTo("room.unsubscribed");
        assertThat(text(last, "roomId")).isEqualTo(room);
        assertThat(text(last, "reason")).isEqualTo("closed");
        assertThat(last.path("position").asLong()).isEqualTo(closed.position());
        Socket later = socket(ben);
        accepted(later.ask("room.subscribe", Map.of("roomId", room, "from", from)));
        List<JsonNode> again = later.events(2);
        assertThat(again.getFirst()).isEqualTo(seen.getFirst());
        assertThat(text(again.getLast(), "reason")).isEqualTo("closed");
        assertThat(again.getLast().path("position").asLong())
                .as("up to where there is nothing more of it")
                .isGreaterThanOrEqualTo(closed.position());
        Socket latest = socket(ben);
        follow(latest, room);
        assertThat(text(latest.events(1).getFirst(), "reason")).isEqualTo("closed");
        assertThat(ben.client()
                        .get("/api/rooms/" + room, "Veza-Min-Position", Long.toString(closed.position()))
                        .body()
                        .has("closedAt"))
                .isTrue();
    }

    @Test
    void aRoomWhoseOwnerIsErasedGoesToWhoIsInItLongest() {
        Person anna = person();
        Person ben = person();
        Person cem = person();
        String shared = room(anna, "private", ben, cem);
        String alone = room(anna, "public");
        Socket bens = socket(ben);
        follow(bens, shared);

        assertThat(anna.client().send("DELETE", "/api/me", null).status()).isEqualTo(202);

        List<JsonNode> seen = bens.events(2);
        assertThat(changes(seen.getFirst())).isEqualTo("{\"role\":\"owner\"}");
        assertThat(text(seen.getFirst(), "person", "id")).isEqualTo(ben.id());
        JsonNode left = seen.getLast();
        assertThat(text(left, "type")).isEqualTo("member.left");
        assertThat(text(left, "person", "id")).isEqualTo(anna.id());
        String position = left.path("position").asString();
        assertThat(ben.client()
                        .get("/api/rooms/" + shared, "Veza-Min-Position", position)
                        .text("role"))
                .isEqualTo("owner");
        assertThat(cem.client()
                        .get("/api/rooms/" + shared, "Veza-Min-Position", position)
                        .text("role"))
                .isEqualTo("member");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                ben.client().get("/api/rooms/" + alone).body().has("closedAt"))
                        .isTrue());
        assertThat(ben.client().send("DELETE", "/api/rooms/" + shared, null).status())
                .as("the heir may close it")
                .isEqualTo(204);
    }

    @Test
    void twoPeopleTalkInTheirDirectRoomUntilOneHasHadEnough() {
        Person anna = person();
        Person ben = person();
        Answer opened = anna.client().post("/api/rooms/direct", Map.of("userId", ben.id()));
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        String room = opened.text("roomId");
        Socket annas = socket(anna);
        Socket bens = socket(ben);
        follow(annas, room);
        follow(bens, room);
        say(bens, room, "Hello?");
        annas.events(1);

        Answer blocked = anna.client().send("PUT", "/api/users/" + ben.id() + "/block", null);
        assertThat(blocked.status()).as(blocked.toString()).isEqualTo(204);

        assertThat(problem(bens.ask("message.send", Map.of("roomId", room, "text", "Hello??"))))
                .isEqualTo("blocked");
        annas.events(1);
        assertThat(problem(socket(person()).ask("room.subscribe", Map.of("roomId", room))))
                .isEqualTo("not-found");
    }
}
