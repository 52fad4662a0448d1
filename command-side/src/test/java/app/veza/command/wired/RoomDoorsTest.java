package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.chat.Attachment;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.RoomChanged;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** What people do in rooms, through the doors and against a real log. */
class RoomDoorsTest {

    private static Doors doors;
    private static Account ann;
    private static Account bob;

    private record Account(String token, String id) {}

    @BeforeAll
    static void open() {
        doors = new Doors();
        ann = account("ann");
        bob = account("bob.b");
    }

    @AfterAll
    static void close() {
        doors.close();
    }

    private static Account account(String username) {
        String credentials = "\"username\": \"%s\", \"password\": \"correct horse\"".formatted(username);
        doors.post("/auth/register", null, "{%s, \"email\": \"%s@example.org\"}".formatted(credentials, username));
        String token = doors.post("/auth/login", null, "{" + credentials + "}").json("$.accessToken");
        return new Account(token, doors.decode(token).getSubject());
    }

    private static Doors.Answer as(Account who, HttpMethod method, String path, @Nullable String json) {
        return doors.send(method, path, who.token(), json);
    }

    /** Ann's, with Bob in it. */
    private static String room() {
        String room =
                doors.post("/api/rooms", ann.token(), "{\"name\": \"Lounge\"}").json("$.roomId");
        as(bob, HttpMethod.PUT, "/api/rooms/" + room + "/members/me", null);
        return "/api/rooms/" + room;
    }

    private static String say(Account who, String room, String text) {
        return as(who, HttpMethod.POST, room + "/messages", "{\"text\": \"%s\"}".formatted(text))
                .json("$.messageId");
    }

    private static <E> E last(Class<E> type) {
        return doors.events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Test
    void aRoomIsRenamedAndClosed() {
        String room = room();

        assertThat(as(ann, HttpMethod.PATCH, room, "{\"name\": \"Bar\", \"topic\": \"Drinks\"}")
                        .status())
                .isEqualTo(204);
        assertThat(as(ann, HttpMethod.PATCH, room, "{\"topic\": \"\"}").status())
                .isEqualTo(204);
        assertThat(last(RoomChanged.class).name()).isEqualTo("Bar");
        assertThat(last(RoomChanged.class).topic()).isNull();
        assertThat(as(ann, HttpMethod.PATCH, room, "{}").status()).isEqualTo(422);
        assertThat(as(bob, HttpMethod.DELETE, room, null).status()).isEqualTo(403);
        assertThat(as(ann, HttpMethod.DELETE, room, null).status()).isEqualTo(204);
        assertThat(as(bob, HttpMethod.POST, room + "/messages", "{\"text\": \"Hello?\"}")
                        .rejection()
                        .slug())
                .isEqualTo("room-closed");
    }

    @Test
    void twoPeopleHaveOneDirectRoomUntilOneBlocksTheOther() {
        Doors.Answer opened = as(ann, HttpMethod.POST, "/api/rooms/direct", "{\"userId\": \"%s\"}".formatted(bob.id()));
        Doors.Answer again = as(bob, HttpMethod.POST, "/api/rooms/direct", "{\"userId\": \"%s\"}".formatted(ann.id()));

        assertThat(opened.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.<String>json("$.roomId")).isEqualTo(opened.json("$.roomId"));
        String messages = "/api/rooms/" + opened.json("$.roomId") + "/messages";
        assertThat(as(bob, HttpMethod.POST, messages, "{\"text\": \"Hi\"}").status())
                .isEqualTo(201);

        assertThat(as(ann, HttpMethod.PUT, "/api/users/" + bob.id() + "/block", null)
                        .status())
                .isEqualTo(204);
        assertThat(as(bob, HttpMethod.POST, messages, "{\"text\": \"Hi\"}")
                        .rejection()
                        .slug())
                .isEqualTo("blocked");
        assertThat(as(ann, HttpMethod.DELETE, "/api/users/" + bob.id() + "/block", null)
                        .status())
                .isEqualTo(204);
        assertThat(as(bob, HttpMethod.POST, messages, "{\"text\": \"Hi\"}").status())
                .isEqualTo(201);
    }

    @Test
    void aMessageNamesMembersHoweverTheSentenceEnds() {
        String room = room();

        say(ann, room, "Hey @BOB.B, ann@example.org and @nobody, ask @bob.b.");

        assertThat(last(MessageSent.class).mentions())
                .extracting(UUID::toString)
                .containsExactly(bob.id());
        as(bob, HttpMethod.DELETE, room + "/members/me", null);
        say(ann, room, "Hey @bob.b");
        assertThat(last(MessageSent.class).mentions()).isEmpty();
    }

    @Test
    void aMessageIsEditedReactedToReadReportedAndDeleted() {
        String room = room();
        String message = say(ann, room, "Helo");
        String path = room + "/messages/" + message;

        assertThat(as(ann, HttpMethod.PATCH, path, "{\"text\": \"Hello @bob.b\"}")
                        .status())
                .isEqualTo(204);
        assertThat(last(MessageEdited.class).mentions()).hasSize(1);
        assertThat(as(bob, HttpMethod.PATCH, path, "{\"text\": \"Mine\"}").status())
                .isEqualTo(403);
        assertThat(as(bob, HttpMethod.PUT, path + "/reactions/👍", null).status())
                .isEqualTo(204);
        assertThat(last(ReactionAdded.class).emoji()).isEqualTo("👍");
        assertThat(as(bob, HttpMethod.PUT, path + "/reactions/thumb", null).status())
                .isEqualTo(422);
        assertThat(as(bob, HttpMethod.DELETE, path + "/reactions/👍", null).status())
                .isEqualTo(204);
        assertThat(as(bob, HttpMethod.POST, room + "/read", "{\"messageId\": \"%s\"}".formatted(message))
                        .status())
                .isEqualTo(204);
        long position = last(MessageRead.class).messagePosition();
        assertThat(doors.events().get(Math.toIntExact(position) - 1))
                .isInstanceOfSatisfying(
                        MessageSent.class, sent -> assertThat(sent.messageId()).hasToString(message));
        assertThat(as(bob, HttpMethod.POST, path + "/report", "{\"reason\": \"Rude\"}")
                        .status())
                .isEqualTo(204);
        assertThat(as(bob, HttpMethod.DELETE, path, null).status()).isEqualTo(403);
        assertThat(as(ann, HttpMethod.DELETE, path, null).status()).isEqualTo(204);
        assertThat(as(ann, HttpMethod.PATCH, path, "{\"text\": \"Again\"}").status())
                .isEqualTo(409);
    }

    @Test
    void whatWasReportedIsReadByThoseWhoLookAfterTheRoom() {
        String room = room();
        for (String text : List.of("One", "Two", "Three")) {
            String message = say(ann, room, text);
            as(
                    bob,
                    HttpMethod.POST,
                    room + "/messages/" + message + "/report",
                    "{\"reason\": \"%s is rude\"}".formatted(text));
        }

        Doors.Answer newest = as(ann, HttpMethod.GET, room + "/reports?limit=2", null);
        assertThat(newest.status()).isEqualTo(200);
        assertThat(newest.headers()).containsKey("Veza-Position");
        assertThat(newest.<List<String>>json("$.items[*].text")).containsExactly("Three", "Two");
        assertThat(newest.<List<String>>json("$.items[*].reason")).containsExactly("Three is rude", "Two is rude");
        assertThat(newest.<List<String>>json("$.items[*].reporterId")).containsOnly(bob.id());
        assertThat(newest.<List<String>>json("$.items[*].authorId")).containsOnly(ann.id());
        say(ann, room, "Four");
        Doors.Answer rest =
                as(ann, HttpMethod.GET, room + "/reports?limit=2&cursor=" + newest.json("$.nextCursor"), null);
        assertThat(rest.<List<String>>json("$.items[*].text")).containsExactly("One");
        String taken = rest.<List<String>>json("$.items[*].messageId").getFirst();
        as(ann, HttpMethod.DELETE, room + "/messages/" + taken, null);
        assertThat(as(ann, HttpMethod.GET, room + "/reports", null).<List<String>>json("$.items[*].text"))
                .containsExactly("Three", "Two", null);

        assertThat(as(bob, HttpMethod.GET, room + "/reports", null).rejection().slug())
                .isEqualTo("forbidden");
        assertThat(as(account("carla"), HttpMethod.GET, room + "/reports", null)
                        .rejection()
                        .slug())
                .isEqualTo("not-a-member");
        assertThat(as(ann, HttpMethod.GET, room + "/reports?limit=0", null).status())
                .isEqualTo(400);
        assertThat(as(ann, HttpMethod.GET, room + "/reports?cursor=-", null).status())
                .isEqualTo(400);
    }

    @Test
    void whoIsReadFurtherIsDecidedByTheLastMarkAlone() {
        String room = room();
        String first = say(ann, room, "One");
        String second = say(ann, room, "Two");

        for (String message : List.of(first, second)) {
            as(bob, HttpMethod.POST, room + "/read", "{\"messageId\": \"%s\"}".formatted(message));
        }
        int before = doors.events().size();
        as(bob, HttpMethod.POST, room + "/read", "{\"messageId\": \"%s\"}".formatted(first));

        assertThat(last(MessageRead.class).messageId()).hasToString(second);
        assertThat(doors.events()).hasSize(before);
    }

    @Test
    void aRoomIsLookedAfter() {
        String room = room();
        assertThat(as(ann, HttpMethod.PUT, room + "/slow-mode", "{\"seconds\": 3600}")
                        .status())
                .isEqualTo(204);
        say(bob, room, "One");
        assertThat(as(bob, HttpMethod.POST, room + "/messages", "{\"text\": \"Two\"}")
                        .rejection()
                        .slug())
                .isEqualTo("slow-mode");
        assertThat(as(ann, HttpMethod.PUT, room + "/slow-mode", "{\"seconds\": -1}")
                        .status())
                .isEqualTo(422);
        as(ann, HttpMethod.PUT, room + "/slow-mode", "{\"seconds\": 0}");

        String mute = room + "/mutes/" + bob.id();
        assertThat(as(ann, HttpMethod.PUT, mute, "{\"until\": \"2001-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(422);
        assertThat(as(ann, HttpMethod.PUT, mute, null).status()).isEqualTo(204);
        assertThat(as(bob, HttpMethod.POST, room + "/messages", "{\"text\": \"Two\"}")
                        .rejection()
                        .slug())
                .isEqualTo("muted");
        assertThat(as(ann, HttpMethod.DELETE, mute, null).status()).isEqualTo(204);
        say(bob, room, "Two");

        String ban = room + "/bans/" + bob.id();
        assertThat(as(bob, HttpMethod.PUT, room + "/bans/" + ann.id(), null).status())
                .isEqualTo(403);
        assertThat(as(ann, HttpMethod.PUT, ban, null).status()).isEqualTo(204);
        assertThat(as(bob, HttpMethod.PUT, room + "/members/me", null)
                        .rejection()
                        .slug())
                .isEqualTo("banned");
        assertThat(as(ann, HttpMethod.DELETE, ban, null).status()).isEqualTo(204);
        assertThat(as(bob, HttpMethod.PUT, room + "/members/me", null).status()).isEqualTo(204);
        assertThat(as(ann, HttpMethod.DELETE, room + "/members/me", null)
                        .rejection()
                        .slug())
                .isEqualTo("last-owner");
        assertThat(as(ann, HttpMethod.PUT, room + "/members/" + bob.id(), "{\"role\": \"owner\"}")
                        .status())
                .isEqualTo(204);
        assertThat(as(ann, HttpMethod.DELETE, room + "/members/me", null).status())
                .isEqualTo(204);
    }

    @Test
    void aFileGoesWithAMessageOnceItIsUploaded() {
        String room = room();
        Doors.Answer offered =
                as(ann, HttpMethod.POST, "/api/uploads", "{\"contentType\": \"image/png\", \"size\": 70}");
        assertThat(offered.status()).isEqualTo(201);
        String id = offered.json("$.attachmentId");
        assertThat(offered.<String>json("$.uploadUrl")).contains(id);
        String message = "{\"text\": \"Look\", \"attachments\": [\"%s\"]}".formatted(id);

        assertThat(as(ann, HttpMethod.POST, room + "/messages", message).status())
                .isEqualTo(422);
        doors.bean(UploadedFiles.class).put(UUID.fromString(id), 70);
        assertThat(as(bob, HttpMethod.POST, room + "/messages", message).status())
                .isEqualTo(422);
        assertThat(as(ann, HttpMethod.POST, room + "/messages", message).status())
                .isEqualTo(201);
        assertThat(last(MessageSent.class).attachments())
                .containsExactly(new Attachment(UUID.fromString(id), "image/png", 70));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"contentType\": \"image/png\"}",
                "{\"contentType\": \"text/html\", \"size\": 1}",
                "{\"contentType\": \"image/png\", \"size\": 0}",
                "{\"contentType\": \"image/png\", \"size\": 26214401}"
            })
    void whatMayNotBeUploadedIsNotOffered(String body) {
        assertThat(as(ann, HttpMethod.POST, "/api/uploads", body).status()).isEqualTo(422);
    }
}
