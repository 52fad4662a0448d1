package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who may do what in a room: every route and every frame by everybody's standing there, in a public room and in a private one. */
class RoomRolesTest extends SocketJourney {

    /** How the columns of the tables stand in the room. */
    private static final List<String> STANDINGS =
            List.of("owner", "moderator", "member", "muted", "banned", "stranger", "platform moderator");

    private static final Map<String, Person> PEOPLE = new LinkedHashMap<>();
    private static Person other;

    /** @param message of the other plain member */
    private record Stage(String room, String message, long position) {}

    @BeforeAll
    static void people() {
        STANDINGS.forEach(standing -> PEOPLE.put(standing, person()));
        other = person();
        Person admin = person();
        done(product.anonymous()
                .as(Product.OPERATOR_TOKEN)
                .post("/api/admin/admins", Map.of("username", admin.username())));
        done(admin.client()
                .put("/api/users/" + who("platform moderator").id() + "/roles", Map.of("roles", List.of("moderator"))));
    }

    private static Person who(String standing) {
        return PEOPLE.get(standing);
    }

    private static Stage stage(String visibility) {
        Person owner = who("owner");
        String room = room(owner, visibility, who("moderator"), who("member"), who("muted"), who("banned"), other);
        String path = "/api/rooms/" + room;
        String message = done(other.client().post(path + "/messages", Map.of("text", "Ahoy")))
                .text("messageId");
        done(owner.client().put(path + "/members/" + who("moderator").id(), Map.of("role", "moderator")));
        done(owner.client().send("PUT", path + "/mutes/" + who("muted").id(), "{}"));
        Answer last =
                done(owner.client().send("PUT", path + "/bans/" + who("banned").id(), "{}"));
        return new Stage(room, message, last.position());
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    private static String filled(String text, Stage stage) {
        return text.replace("ROOM", stage.room())
                .replace("MESSAGE", stage.message())
                .replace("OTHER", other.id());
    }

    @ParameterizedTest(name = "public: {0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/rooms/ROOM                          |                        | 200 200 200 200 200 200 200
            GET    | /api/rooms/ROOM/members                  |                        | 200 200 200 200 403 403 403
            GET    | /api/rooms/ROOM/messages                 |                        | 200 200 200 200 403 403 403
            GET    | /api/rooms/ROOM/bans                     |                        | 200 200 403 403 403 403 200
            GET    | /api/rooms/ROOM/reports                  |                        | 200 200 403 403 403 403 200
            PATCH  | /api/rooms/ROOM                          | {"name":"Pier"}        | 204 204 403 403 403 403 403
            DELETE | /api/rooms/ROOM                          |                        | 204 403 403 403 403 403 403
            PUT    | /api/rooms/ROOM/slow-mode                | {"seconds":10}         | 204 204 403 403 403 403 403
            PUT    | /api/rooms/ROOM/members/me               | {}                     | 204 204 204 204 403 204 204
            PUT    | /api/rooms/ROOM/members/OTHER            | {"role":"moderator"}   | 204 403 403 403 403 403 403
            DELETE | /api/rooms/ROOM/members/OTHER            |                        | 204 204 403 403 403 403 403
            PUT    | /api/rooms/ROOM/mutes/OTHER              | {}                     | 204 204 403 403 403 403 204
            DELETE | /api/rooms/ROOM/mutes/OTHER              |                        | 204 204 403 403 403 403 204
            PUT    | /api/rooms/ROOM/bans/OTHER               | {}                     | 204 204 403 403 403 403 204
            DELETE | /api/rooms/ROOM/bans/OTHER               |                        | 204 204 403 403 403 403 204
            POST   | /api/rooms/ROOM/messages                 | {"text":"Aye"}         | 201 201 201 403 403 403 403
            PATCH  | /api/rooms/ROOM/messages/MESSAGE         | {"text":"Nay"}         | 403 403 403 403 403 403 403
            DELETE | /api/rooms/ROOM/messages/MESSAGE         |                        | 204 204 403 403 403 403 204
            PUT    | /api/rooms/ROOM/messages/MESSAGE/reactions/%F0%9F%91%8D | {}      | 204 204 204 403 403 403 403
            POST   | /api/rooms/ROOM/messages/MESSAGE/report  | {"reason":"spam"}      | 204 204 204 204 403 403 403
            POST   | /api/rooms/ROOM/read                     | {"messageId":"MESSAGE"}| 204 204 204 204 403 403 403
            """)
    void publicRoom(String method, String path, String body, String statuses) {
        check("public", method, path, body, statuses);
    }

    @ParameterizedTest(name = "private: {0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/rooms/ROOM                          |                        | 200 200 200 200 404 404 404
            GET    | /api/rooms/ROOM/members                  |                        | 200 200 200 200 404 404 404
            GET    | /api/rooms/ROOM/messages                 |                        | 200 200 200 200 404 404 404
            GET    | /api/rooms/ROOM/bans                     |                        | 200 200 403 403 404 404 404
            GET    | /api/rooms/ROOM/reports                  |                        | 200 200 403 403 404 404 404
            PATCH  | /api/rooms/ROOM                          | {"name":"Pier"}        | 204 204 403 403 404 404 404
            DELETE | /api/rooms/ROOM                          |                        | 204 403 403 403 404 404 404
            PUT    | /api/rooms/ROOM/slow-mode                | {"seconds":10}         | 204 204 403 403 404 404 404
            PUT    | /api/rooms/ROOM/members/me               | {}                     | 204 204 204 204 404 404 404
            PUT    | /api/rooms/ROOM/members/OTHER            | {"role":"moderator"}   | 204 403 403 403 404 404 404
            DELETE | /api/rooms/ROOM/members/OTHER            |                        | 204 204 403 403 404 404 404
            PUT    | /api/rooms/ROOM/mutes/OTHER              | {}                     | 204 204 403 403 404 404 404
            DELETE | /api/rooms/ROOM/mutes/OTHER              |                        | 204 204 403 403 404 404 404
            PUT    | /api/rooms/ROOM/bans/OTHER               | {}                     | 204 204 403 403 404 404 404
            DELETE | /api/rooms/ROOM/bans/OTHER               |                        | 204 204 403 403 404 404 404
            POST   | /api/rooms/ROOM/messages                 | {"text":"Aye"}         | 201 201 201 403 404 404 404
            PATCH  | /api/rooms/ROOM/messages/MESSAGE         | {"text":"Nay"}         | 403 403 403 403 404 404 404
            DELETE | /api/rooms/ROOM/messages/MESSAGE         |                        | 204 204 403 403 404 404 404
            PUT    | /api/rooms/ROOM/messages/MESSAGE/reactions/%F0%9F%91%8D | {}      | 204 204 204 403 404 404 404
            POST   | /api/rooms/ROOM/messages/MESSAGE/report  | {"reason":"spam"}      | 204 204 204 204 404 404 404
            POST   | /api/rooms/ROOM/read                     | {"messageId":"MESSAGE"}| 204 204 204 204 404 404 404
            """)
    void privateRoom(String method, String path, String body, String statuses) {
        check("private", method, path, body, statuses);
    }

    private static void check(String visibility, String method, String path, String body, String statuses) {
        List<String> answered = new ArrayList<>();
        Stage stage = stage(visibility);
        for (Person person : PEOPLE.values()) {
            Answer answer = person.client()
                    .send(
                            method,
                            filled(path, stage),
                            body == null ? null : filled(body, stage),
                            "Veza-Min-Position",
                            Long.toString(stage.position()));
            answered.add(Integer.toString(answer.status()));
            if (!method.equals("GET") && answer.status() < 300) {
                stage = stage(visibility);
            }
        }
        assertThat(String.join(" ", answered)).as("%s", STANDINGS).isEqualTo(statuses);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            public  | room.subscribe  | {}                                  | ok ok ok ok not-a-member not-a-member not-a-member
            public  | message.send    | {"text":"Aye"}                      | ok ok ok muted not-a-member not-a-member not-a-member
            public  | message.edit    | {"messageId":"MESSAGE","text":"No"} | forbidden forbidden forbidden forbidden not-a-member not-a-member not-a-member
            public  | message.delete  | {"messageId":"MESSAGE"}             | ok ok forbidden forbidden not-a-member not-a-member ok
            public  | reaction.add    | {"messageId":"MESSAGE","emoji":"👍"} | ok ok ok muted not-a-member not-a-member not-a-member
            public  | reaction.remove | {"messageId":"MESSAGE","emoji":"👍"} | ok ok ok ok not-a-member not-a-member not-a-member
            public  | read.mark       | {"messageId":"MESSAGE"}             | ok ok ok ok not-a-member not-a-member not-a-member
            public  | typing.start    | {}                                  | ok ok ok muted not-a-member not-a-member not-a-member
            public  | typing.stop     | {}                                  | ok ok ok muted not-a-member not-a-member not-a-member
            private | room.subscribe  | {}                                  | ok ok ok ok not-found not-found not-found
            private | message.send    | {"text":"Aye"}                      | ok ok ok muted not-found not-found not-found
            private | message.edit    | {"messageId":"MESSAGE","text":"No"} | forbidden forbidden forbidden forbidden not-found not-found not-found
            private | message.delete  | {"messageId":"MESSAGE"}             | ok ok forbidden forbidden not-found not-found not-found
            private | reaction.add    | {"messageId":"MESSAGE","emoji":"👍"} | ok ok ok muted not-found not-found not-found
            private | reaction.remove | {"messageId":"MESSAGE","emoji":"👍"} | ok ok ok ok not-found not-found not-found
            private | read.mark       | {"messageId":"MESSAGE"}             | ok ok ok ok not-found not-found not-found
            private | typing.start    | {}                                  | ok ok ok muted not-found not-found not-found
            private | typing.stop     | {}                                  | ok ok ok muted not-found not-found not-found
            """)
    void frames(String visibility, String type, String body, String expected) {
        List<String> answered = new ArrayList<>();
        Stage stage = stage(visibility);
        for (Person person : PEOPLE.values()) {
            Map<String, Object> members = new HashMap<>(
                    JsonMapper.shared().readValue(filled(body, stage), new TypeReference<Map<String, Object>>() {}));
            members.put("roomId", stage.room());
            JsonNode reply = socket(person).ask(type, members);
            boolean isDone = !reply.path("type").asString().equals("error");
            answered.add(isDone ? "ok" : problem(reply));
            if (isDone && type.equals("message.delete")) {
                stage = stage(visibility);
            }
        }
        assertThat(String.join(" ", answered)).as("%s", STANDINGS).isEqualTo(expected);
    }
}
