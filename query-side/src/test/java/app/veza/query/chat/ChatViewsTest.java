package app.veza.query.chat;

import static app.veza.projection.kit.Events.answered;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.VezaEvent;
import app.veza.projection.kit.History;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatViewsTest {

    private static final int FIRST_MESSAGE = 14;

    private static QuerySideFixture veza;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        veza.given(
                registered("ada"),
                registered("bob"),
                registered("eve"),
                publicRoom("town hall", "ada"),
                owns("town hall", "ada"),
                joined("town hall", "bob"),
                privateRoom("den", "ada"),
                owns("den", "ada"),
                publicRoom("garden", "bob"),
                owns("garden", "bob"),
                publicRoom("left behind", "bob"),
                joined("left behind", "ada"),
                left("left behind", "ada"));
        veza.given(IntStream.rangeClosed(1, 7)
                .mapToObj(i -> said("town hall", i % 2 == 0 ? "ada" : "bob", "message " + i))
                .toArray(VezaEvent[]::new));
        veza.given(answered("den", "ada", "note to self", null), answered("den", "ada", "re: note", "note to self"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    private static String room(String name) {
        return "/api/rooms/" + id(name);
    }

    @Nested
    class HistoryOfARoom {

        @Test
        void newestFirstEachWithItsSender() {
            Answer answer = veza.as("bob", room("town hall") + "/messages");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.strings("items", "/text"))
                    .containsExactly(
                            "message 7", "message 6", "message 5", "message 4", "message 3", "message 2", "message 1");
            assertThat(answer.body().get("nextCursor").isNull()).isTrue();
            JsonNode newest = answer.body().at("/items/0");
            assertThat(newest.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "roomId",
                            "position",
                            "sender",
                            "text",
                            "sentAt",
                            "mentions",
                            "reactions",
                            "attachments",
                            "myReactions");
            assertThat(newest.get("id").asString()).isEqualTo(id("message 7").toString());
            assertThat(newest.get("roomId").asString())
                    .isEqualTo(id("town hall").toString());
            assertThat(newest.get("position").asLong()).isEqualTo(FIRST_MESSAGE + 6);
            assertThat(newest.get("sentAt").asString())
                    .isEqualTo(History.timeOf(FIRST_MESSAGE + 6).toString());
            assertThat(newest.get("sender").toString())
                    .isEqualTo("{\"id\":\"%s\",\"username\":\"bob\",\"displayName\":\"bob Display\"}"
                            .formatted(id("bob")));
        }

        @Test
        void aReplyNamesWhatItAnswers() {
            Answer answer = veza.as("ada", room("den") + "/messages");

            assertThat(answer.strings("items", "/replyTo"))
                    .containsExactly(id("note to self").toString(), "");
        }

        @ParameterizedTest
        @CsvSource({"1, 7", "2, 4", "3, 3", "7, 1", "100, 1"})
        void pagesHoldEachMessageOnce(int limit, int pages) {
            List<String> texts = new ArrayList<>();
            String cursor = "";
            int turned = 0;
            do {
                Answer page = veza.as("ada", room("town hall") + "/messages?limit=" + limit + cursor);
                texts.addAll(page.strings("items", "/text"));
                cursor = page.body().get("nextCursor").isNull()
                        ? null
                        : "&cursor=" + page.body().get("nextCursor").asString();
                turned++;
            } while (cursor != null);

            assertThat(turned).isEqualTo(pages);
            assertThat(texts)
                    .hasSize(7)
                    .doesNotHaveDuplicates()
                    .startsWith("message 7")
                    .endsWith("message 1");
        }

        @Test
        void betweenTwoPositionsAndCursorsStayThere() {
            String between = "/messages?after=%d&before=%d&limit=2".formatted(FIRST_MESSAGE, FIRST_MESSAGE + 5);
            Answer first = veza.as("ada", room("town hall") + between);
            Answer second = veza.as(
                    "ada",
                    room("town hall") + "/messages?limit=2&cursor="
                            + first.body().get("nextCursor").asString());

            assertThat(first.strings("items", "/text")).containsExactly("message 5", "message 4");
            assertThat(second.strings("items", "/text")).containsExactly("message 3", "message 2");
            assertThat(second.body().get("nextCursor").isNull()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 100})
        void oldestFirstOnFromAPosition(int limit) {
            String from = "/messages?order=asc&after=%d&limit=%d".formatted(FIRST_MESSAGE + 2, limit);
            Answer page = veza.as("ada", room("town hall") + from);
            List<String> texts = new ArrayList<>(page.strings("items", "/text"));
            assertThat(texts).hasSize(Math.min(limit, 4));
            while (!page.body().get("nextCursor").isNull()) {
                page = veza.as(
                        "ada",
                        room("town hall") + "/messages?order=asc&limit=" + limit + "&cursor="
                                + page.body().get("nextCursor").asString());
                texts.addAll(page.strings("items", "/text"));
            }

            assertThat(texts).containsExactly("message 4", "message 5", "message 6", "message 7");
        }

        @Test
        void oldestFirstBetweenTwoPositionsAndCursorsStayThere() {
            String between =
                    "/messages?order=asc&after=%d&before=%d&limit=2".formatted(FIRST_MESSAGE, FIRST_MESSAGE + 5);
            Answer first = veza.as("ada", room("town hall") + between);
            String cursor = first.body().get("nextCursor").asString();
            Answer second = veza.as("ada", room("town hall") + "/messages?order=asc&limit=2&cursor=" + cursor);

            assertThat(first.strings("items", "/text")).containsExactly("message 2", "message 3");
            assertThat(second.strings("items", "/text")).containsExactly("message 4", "message 5");
            assertThat(second.body().get("nextCursor").isNull()).isTrue();
            assertThat(veza.as("ada", room("town hall") + "/messages?cursor=" + cursor)
                            .pointer())
                    .as("in the other order it would mean something else")
                    .isEqualTo("/cursor");
        }

        @ParameterizedTest
        @CsvSource({
            "limit=0, /limit",
            "order=up, /order",
            "limit=101, /limit",
            "after=-1, /after",
            "before=-1, /before",
            "cursor=AAAA, /cursor",
            "cursor=%22, /cursor"
        })
        void aWrongParameterIsNamed(String query, String pointer) {
            Answer answer = veza.as("ada", room("town hall") + "/messages?" + query);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed");
            assertThat(answer.pointer()).isEqualTo(pointer);
        }

        @Test
        void aCursorThatWasChangedOrBelongsToAnotherRoomIsRefused() {
            String cursor = veza.as("ada", room("town hall") + "/messages?limit=1")
                    .body()
                    .get("nextCursor")
                    .asString();

            for (int i = 0; i < cursor.length(); i++) {
                String changed =
                        cursor.substring(0, i) + (cursor.charAt(i) == 'A' ? 'B' : 'A') + cursor.substring(i + 1);
                Answer answer = veza.as("ada", room("town hall") + "/messages?cursor=" + changed);
                assertThat(answer.status()).as(changed).isEqualTo(400);
                assertThat(answer.pointer()).isEqualTo("/cursor");
            }
            assertThat(veza.as("ada", room("den") + "/messages?cursor=" + cursor)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Nested
    class WhoMayRead {

        @ParameterizedTest
        @CsvSource({"/messages", "/members"})
        void ofAPublicRoomOnlyMembers(String part) {
            Answer answer = veza.as("eve", room("town hall") + part);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("not-a-member");
        }

        @ParameterizedTest
        @CsvSource({
            "den, /messages",
            "den, /members",
            "den, ''",
            "nowhere, /messages",
            "nowhere, /members",
            "nowhere, ''"
        })
        void aPrivateRoomIsAsUnknownAsOneThatIsNot(String name, String part) {
            Answer answer = veza.as("bob", room(name) + part);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
            assertThat(answer.body().get("detail").asString()).isEqualTo("There is no such room.");
        }

        @Test
        void whoHasLeftNoLonger() {
            assertThat(veza.as("ada", room("left behind") + "/messages").status())
                    .isEqualTo(403);
        }

        @Test
        void anEmptyRoomIsAnEmptyPage() {
            Answer answer = veza.as("bob", room("garden") + "/messages");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().toString()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        }
    }

    @Nested
    class Rooms {

        @Test
        void mineByTheirLastMessage() {
            Answer answer = veza.as("ada", "/api/rooms");

            assertThat(answer.strings("items", "/name")).containsExactly("den", "town hall");
            assertThat(answer.body().at("/items/0/role").asString()).isEqualTo("owner");
            assertThat(answer.body().at("/items/0/topic").asString()).isEqualTo("only for ada");
            assertThat(answer.body().at("/items/1/visibility").asString()).isEqualTo("public");
            assertThat(answer.body().at("/items/1/memberCount").asInt()).isEqualTo(2);
            assertThat(answer.body().at("/items/1/lastMessage/text").asString()).isEqualTo("message 7");
            assertThat(answer.body().at("/items/1/lastMessage/sender/username").asString())
                    .isEqualTo("bob");
        }

        @Test
        void minePageByPage() {
            Answer first = veza.as("ada", "/api/rooms?limit=1");
            Answer second = veza.as(
                    "ada",
                    "/api/rooms?limit=1&cursor="
                            + first.body().get("nextCursor").asString());

            assertThat(first.strings("items", "/name")).containsExactly("den");
            assertThat(second.strings("items", "/name")).containsExactly("town hall");
            assertThat(second.body().get("nextCursor").isNull()).isTrue();
        }

        @Test
        void minePageByPageThoughPeopleTalkMeanwhile() {
            veza.given(registered("pat"));
            List.of("oldest", "middle", "newest")
                    .forEach(name -> veza.given(privateRoom(name, "pat"), owns(name, "pat")));
            Answer first = veza.as("pat", "/api/rooms?limit=1");
            veza.given(said("oldest", "pat", "meanwhile"), privateRoom("brand new", "pat"), owns("brand new", "pat"));
            Answer second = veza.as("pat", "/api/rooms?limit=1&cursor=" + cursor(first));
            veza.given(said("newest", "pat", "and again"));
            Answer third = veza.as("pat", "/api/rooms?limit=1&cursor=" + cursor(second));

            assertThat(first.strings("items", "/name")).containsExactly("newest");
            assertThat(second.strings("items", "/name")).containsExactly("middle");
            assertThat(third.strings("items", "/name")).containsExactly("oldest");
            assertThat(third.body().at("/items/0/lastMessage/text").asString())
                    .as("as it is now")
                    .isEqualTo("meanwhile");
            assertThat(third.body().get("nextCursor").isNull()).isTrue();
            assertThat(veza.as("pat", "/api/rooms").strings("items", "/name"))
                    .containsExactly("newest", "brand new", "oldest", "middle");
        }

        private String cursor(Answer page) {
            return page.body().get("nextCursor").asString();
        }

        @Test
        void publicOnesTheLargestFirstAndWithoutTheirMessages() {
            List<String> names = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                Answer page = veza.as("eve", "/api/rooms?scope=public&limit=1" + cursor);
                assertThat(page.body().at("/items/0").has("lastMessage")).isFalse();
                assertThat(page.body().at("/items/0").has("role")).isFalse();
                names.addAll(page.strings("items", "/name"));
                cursor = page.body().get("nextCursor").isNull()
                        ? null
                        : "&cursor=" + page.body().get("nextCursor").asString();
            }

            assertThat(names).containsExactly("town hall", "garden", "left behind");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"hall|town hall", "TOW%20ha|town hall", "all|''", "den|''", "gard%27%20%26%20!:*|garden"})
        void publicOnesByTheBeginningsOfWords(String words, String found) {
            Answer answer = veza.as("eve", "/api/rooms?scope=public&q=" + words);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(String.join(",", answer.strings("items", "/name"))).isEqualTo(found);
        }

        /** Whatever the position that the answer bears: other projections may be behind. */
        @Test
        void withThePositionThatItsNumbersAreOf() {
            Answer before = veza.as("bob", room("garden"));
            long joined = veza.given(joined("garden", "gus"));
            Answer after = veza.as("bob", room("garden"));
            long gone = veza.given(left("garden", "gus"));

            assertThat(before.body().path("asOf").asLong()).isLessThan(joined);
            assertThat(after.body().path("asOf").asLong()).isEqualTo(joined);
            assertThat(after.body().path("memberCount").asInt())
                    .isEqualTo(before.body().path("memberCount").asInt() + 1);
            assertThat(veza.as("bob", room("garden")).body().path("asOf").asLong())
                    .isEqualTo(gone);
        }

        @Test
        void onePublicRoomForAnybody() {
            Answer answer = veza.as("eve", room("town hall"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().propertyNames())
                    .containsExactlyInAnyOrder("id", "name", "visibility", "memberCount", "asOf");
        }

        @Test
        void anUnknownScopeIsNamed() {
            Answer answer = veza.as("eve", "/api/rooms?scope=all");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.pointer()).isEqualTo("/scope");
        }

        @Test
        void membersTheLongestThereFirst() {
            Answer first = veza.as("bob", room("town hall") + "/members?limit=1");
            Answer second = veza.as(
                    "bob",
                    room("town hall") + "/members?limit=1&cursor="
                            + first.body().get("nextCursor").asString());

            assertThat(first.body().at("/items/0").toString())
                    .isEqualTo(
                            "{\"id\":\"%s\",\"username\":\"ada\",\"displayName\":\"ada Display\",\"role\":\"owner\",\"joinedAt\":\"%s\",\"readPosition\":19}"
                                    .formatted(id("ada"), History.timeOf(5)));
            assertThat(second.strings("items", "/username")).containsExactly("bob");
            assertThat(second.body().get("nextCursor").isNull()).isTrue();
        }
    }
}
