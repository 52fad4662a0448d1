package app.veza.query.chat;

import static app.veza.projection.kit.ChatEvents.attaching;
import static app.veza.projection.kit.ChatEvents.closed;
import static app.veza.projection.kit.ChatEvents.deleted;
import static app.veza.projection.kit.ChatEvents.direct;
import static app.veza.projection.kit.ChatEvents.edited;
import static app.veza.projection.kit.ChatEvents.mentioning;
import static app.veza.projection.kit.ChatEvents.muted;
import static app.veza.projection.kit.ChatEvents.offered;
import static app.veza.projection.kit.ChatEvents.reacted;
import static app.veza.projection.kit.ChatEvents.slowed;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.identity.PersonErased;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What becomes of messages, as members read it. */
class MessageViewsTest {

    private static QuerySideFixture veza;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        veza.given(
                registered("ada"),
                registered("bob"),
                registered("eve"),
                registered("gone"),
                publicRoom("hall", "ada"),
                owns("hall", "ada"),
                joined("hall", "bob"),
                offered("ada", "cat"),
                mentioning("hall", "ada", "hello bob", "bob"),
                attaching("hall", "ada", "a cat", "cat"),
                said("hall", "ada", "helo"),
                said("hall", "ada", "regretted"),
                reacted("hall", "ada", "hello bob", "👍"),
                reacted("hall", "bob", "hello bob", "👍"),
                reacted("hall", "bob", "hello bob", "🎉"),
                reacted("hall", "bob", "regretted", "👎"),
                edited("hall", "ada", "helo", "hello, café"),
                deleted("hall", "ada", "regretted"),
                privateRoom("den", "eve"),
                owns("den", "eve"),
                said("den", "eve", "hello den of r" + id("hall").toString().replace("-", "")),
                direct("two", "ada", "bob"),
                joined("two", "ada"),
                joined("two", "bob"),
                said("two", "bob", "just between us, hello"),
                publicRoom("over", "ada"),
                joined("over", "bob"),
                slowed("over", 30),
                joined("over", "gone"),
                said("over", "gone", "hello from nobody"),
                muted("over", "bob", null),
                closed("over", "ada"),
                new PersonErased(id("gone")),
                offered("ada", "draft"),
                registered("yui"),
                privateRoom("kaigi", "yui"),
                owns("kaigi", "yui"),
                said("kaigi", "yui", "明日の会議は10時"),
                said("kaigi", "yui", "社会会議室"),
                said("kaigi", "yui", "ｺｰﾋｰは？"),
                said("kaigi", "yui", "สวัสดีครับ"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    private static JsonNode message(String reader, String room, int index) {
        return veza.as(reader, "/api/rooms/" + id(room) + "/messages").body().at("/items/" + index);
    }

    @Nested
    class OfARoom {

        @Test
        void reactionsAreCountedAndTheCallersOwnAreTold() {
            JsonNode toBob = message("bob", "hall", 3);
            JsonNode toAda = message("ada", "hall", 3);

            assertThat(toBob.get("reactions").toString()).isEqualTo("{\"🎉\":1,\"👍\":2}");
            assertThat(toBob.get("myReactions").toString()).isEqualTo("[\"👍\",\"🎉\"]");
            assertThat(toAda.get("myReactions").toString()).isEqualTo("[\"👍\"]");
            assertThat(toBob.get("mentions").toString()).isEqualTo("[\"" + id("bob") + "\"]");
        }

        @Test
        void filesHaveAnAddress() {
            assertThat(message("bob", "hall", 2).get("attachments").toString())
                    .isEqualTo(
                            "[{\"id\":\"%1$s\",\"contentType\":\"image/png\",\"size\":100,\"url\":\"https://veza.example/api/attachments/%1$s\"}]"
                                    .formatted(id("cat")));
        }

        @Test
        void whichLeadsWhoMayReadTheMessageToTheFile() {
            Answer toBob = veza.as("bob", "/api/attachments/" + id("cat"));

            assertThat(toBob.status()).isEqualTo(302);
            assertThat(toBob.response().getHeader("Location"))
                    .isEqualTo("https://files.example/sent/" + id("cat") + "?type=image/png");
            assertThat(toBob.response().getHeader("Cache-Control")).contains("no-store");
            assertThat(veza.as("ada", "/api/attachments/" + id("cat")).status()).isEqualTo(302);
            assertThat(veza.as("eve", "/api/attachments/" + id("cat")).problem())
                    .isEqualTo("not-found");
            assertThat(veza.as("bob", "/api/attachments/" + id("dog")).problem())
                    .isEqualTo("not-found");
        }

        @Test
        void whichLeadsTheirOwnerToAnUploadThatNoMessageBears() {
            Answer toAda = veza.as("ada", "/api/attachments/" + id("draft"));

            assertThat(toAda.response().getHeader("Location"))
                    .isEqualTo("https://files.example/uploaded/" + id("draft") + "?type=image/png");
            assertThat(veza.as("bob", "/api/attachments/" + id("draft")).problem())
                    .isEqualTo("not-found");
        }

        @Test
        void anEditIsToldAndADeletedMessageHasNoText() {
            JsonNode edited = message("bob", "hall", 1);
            JsonNode deleted = message("bob", "hall", 0);

            assertThat(edited.get("text").asString()).isEqualTo("hello, café");
            assertThat(edited.has("editedAt")).isTrue();
            assertThat(deleted.has("text")).isFalse();
            assertThat(deleted.has("deletedAt")).isTrue();
            assertThat(deleted.get("reactions").isEmpty()).isTrue();
        }

        @Test
        void ofWhoIsErasedNothingIsToldButThatTheySpoke() {
            JsonNode message = message("bob", "over", 0);

            assertThat(message.has("text")).isFalse();
            assertThat(message.at("/sender/username").asString()).isEqualTo("[erased]");
        }
    }

    @Nested
    class Rooms {

        @Test
        void withWhatIsUnread() {
            JsonNode toBob = veza.as("bob", "/api/rooms/" + id("hall")).body();
            JsonNode toAda = veza.as("ada", "/api/rooms/" + id("hall")).body();

            assertThat(toBob.get("unread").asInt())
                    .as("of four one was deleted")
                    .isEqualTo(3);
            assertThat(toBob.get("mentions").asInt()).isEqualTo(1);
            assertThat(toBob.at("/lastMessage").has("deletedAt")).isTrue();
            assertThat(toAda.get("unread").asInt()).isZero();
            assertThat(veza.as("eve", "/api/rooms/" + id("hall")).body().has("unread"))
                    .isFalse();
        }

        @Test
        void aDirectOneIsCalledByTheOthersName() {
            Answer toAda = veza.as("ada", "/api/rooms/" + id("two"));

            assertThat(toAda.body().get("name").asString()).isEqualTo("bob Display");
            assertThat(toAda.body().at("/directWith/username").asString()).isEqualTo("bob");
            assertThat(veza.as("bob", "/api/rooms/" + id("two"))
                            .body()
                            .get("name")
                            .asString())
                    .isEqualTo("ada Display");
            assertThat(veza.as("eve", "/api/rooms/" + id("two")).status()).isEqualTo(404);
        }

        @Test
        void aClosedOneIsStillReadAndNoLongerFound() {
            JsonNode over = veza.as("bob", "/api/rooms/" + id("over")).body();

            assertThat(over.has("closedAt")).isTrue();
            assertThat(over.get("slowModeSeconds").asInt()).isEqualTo(30);
            assertThat(veza.as("eve", "/api/rooms?scope=public").strings("items", "/name"))
                    .containsExactly("hall");
            assertThat(veza.as("bob", "/api/rooms").strings("items", "/name"))
                    .containsExactly("over", "ada Display", "hall");
        }

        @Test
        void membersWhoMayNotSpeakAndWhoHaveReadHowFar() {
            Answer members = veza.as("bob", "/api/rooms/" + id("over") + "/members");

            assertThat(members.strings("items", "/username")).containsExactly("bob", "[erased]");
            assertThat(members.strings("items", "/muted")).containsExactly("true", "");
            assertThat(members.body().at("/items/1/readPosition").asLong()).isEqualTo(30);
        }
    }

    @Nested
    class Search {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "ada|hello|just between us, hello;hello, café;hello bob",
                    "bob|hello|just between us, hello;hello, café;hello bob",
                    "eve|hello|hello den",
                    "ada|HELLO%20cafe|hello, café",
                    "ada|caf|hello, café",
                    "ada|ca|''",
                    "ada|regretted|''",
                    "ada|helo|''",
                    "ada|bet%20us|just between us, hello"
                })
        void inTheCallersRoomsByWordsAndTheirBeginnings(String caller, String typed, String texts) {
            Answer answer = veza.as(caller, "/api/search?q=" + typed);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.strings("items", "/text").stream()
                            .map(text -> text.startsWith("hello den") ? "hello den" : text))
                    .containsExactlyElementsOf(
                            texts.isEmpty() ? java.util.List.of() : java.util.List.of(texts.split(";")));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "会議|社会会議室;明日の会議は10時",
                    "会議は10時|明日の会議は10時",
                    "会|社会会議室;明日の会議は10時",
                    "室|社会会議室",
                    "議会|''",
                    "コーヒー|ｺｰﾋｰは？",
                    "สวัสดี|สวัสดีครับ"
                })
        void ofAScriptWithoutSpacesByAnyPart(String typed, String texts) {
            Answer answer = veza.as("yui", "/api/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));

            assertThat(answer.strings("items", "/text"))
                    .containsExactlyElementsOf(
                            texts.isEmpty() ? java.util.List.of() : java.util.List.of(texts.split(";")));
        }

        @Test
        void inTheRoomsOfWhoIsInMany() {
            veza.given(registered("sam"), joined("hall", "sam"));
            for (int i = 0; i < 20; i++) {
                veza.given(privateRoom("sam's " + i, "sam"), owns("sam's " + i, "sam"));
            }

            assertThat(veza.as("sam", "/api/search?q=hello").strings("items", "/text"))
                    .containsExactly("hello, café", "hello bob");
        }

        @Test
        void ofOneRoomWhichMustBeTheCallers() {
            assertThat(veza.as("ada", "/api/search?q=hello&roomId=" + id("two")).strings("items", "/text"))
                    .containsExactly("just between us, hello");
            assertThat(veza.as("ada", "/api/search?q=hello&roomId=" + id("den")).strings("items", "/text"))
                    .isEmpty();
        }

        @Test
        void pageByPage() {
            Answer first = veza.as("ada", "/api/search?q=hello&limit=2");
            Answer second = veza.as(
                    "ada",
                    "/api/search?q=hello&limit=2&cursor="
                            + first.body().get("nextCursor").asString());

            assertThat(first.strings("items", "/text")).containsExactly("just between us, hello", "hello, café");
            assertThat(second.strings("items", "/text")).containsExactly("hello bob");
            assertThat(second.body().get("nextCursor").isNull()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"%20", "!%26%7C%3A*", "%F0%9F%91%8D"})
        void withoutAWordItIsRefused(String typed) {
            assertThat(veza.as("ada", "/api/search?q=" + typed).pointer()).isEqualTo("/q");
        }
    }
}
