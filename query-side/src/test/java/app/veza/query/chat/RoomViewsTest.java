package app.veza.query.chat;

import static app.veza.projection.kit.ChatEvents.closed;
import static app.veza.projection.kit.ChatEvents.renamed;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projection.kit.History;
import app.veza.query.QuerySideFixture.Answer;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomViewsTest extends ChatViewsFixture {

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
                "/api/rooms?limit=1&cursor=" + first.body().get("nextCursor").asString());

        assertThat(first.strings("items", "/name")).containsExactly("den");
        assertThat(second.strings("items", "/name")).containsExactly("town hall");
        assertThat(second.body().get("nextCursor").isNull()).isTrue();
    }

    @Test
    void minePageByPageThoughPeopleTalkMeanwhile() {
        veza.given(registered("pat"));
        List.of("oldest", "middle", "newest").forEach(name -> veza.given(privateRoom(name, "pat"), owns(name, "pat")));
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

    /** To PostgreSQL's own parser they are hosts, files and numbers. */
    @Test
    void publicOnesWhateverStandsBetweenTheirWords() {
        List<String> names = List.of("node.js", "dev/ops", "FM 90.5");
        names.forEach(name -> veza.given(publicRoom(name, "bob")));

        assertThat(publicOnes("node.js")).containsExactly("node.js");
        assertThat(publicOnes("node")).containsExactly("node.js");
        assertThat(publicOnes("js")).containsExactly("node.js");
        assertThat(publicOnes("ops")).containsExactly("dev/ops");
        assertThat(publicOnes("fm 90")).containsExactly("FM 90.5");
        assertThat(publicOnes("5 fm")).containsExactly("FM 90.5");
        assertThat(publicOnes(".")).isEmpty();

        veza.given(renamed("dev/ops", "sre/ops", "pager-duty"));
        assertThat(publicOnes("dev")).isEmpty();
        assertThat(publicOnes("duty sre")).containsExactly("sre/ops");
        names.forEach(name -> veza.given(closed(name, "bob")));
    }

    private static List<String> publicOnes(String words) {
        return veza.as("eve", "/api/rooms?scope=public&q=" + URLEncoder.encode(words, UTF_8))
                .strings("items", "/name");
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
        assertThat(veza.as("bob", room("garden")).body().path("asOf").asLong()).isEqualTo(gone);
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
