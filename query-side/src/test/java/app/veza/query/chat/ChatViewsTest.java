package app.veza.query.chat;

import static app.veza.projection.kit.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projection.kit.History;
import app.veza.query.QuerySideFixture.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatViewsTest extends ChatViewsFixture {

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
}
