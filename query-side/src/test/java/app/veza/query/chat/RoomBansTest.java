package app.veza.query.chat;

import static app.veza.projection.kit.ChatEvents.muted;
import static app.veza.projection.kit.ChatEvents.promoted;
import static app.veza.projection.kit.ChatEvents.unbanned;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberRole;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ada owns two rooms, mia looks after them, bob is a plain member; tim, tom and ian are banned from both. */
class RoomBansTest {

    private static QuerySideFixture veza;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        for (String person : new String[] {"ada", "mia", "bob", "eve", "pat", "tim", "tom", "ian", "lou"}) {
            veza.given(registered(person));
        }
        veza.given(publicRoom("hall", "ada"), privateRoom("den", "ada"), publicRoom("garden", "ada"));
        for (String room : new String[] {"hall", "den"}) {
            veza.given(
                    owns(room, "ada"),
                    joined(room, "mia"),
                    promoted(room, "mia", MemberRole.MODERATOR),
                    joined(room, "bob"),
                    muted(room, "bob", null),
                    banned(room, "tim", "ada"),
                    banned(room, "lou", "ada"),
                    banned(room, "tom", "mia"),
                    banned(room, "ian", "ada"),
                    unbanned(room, "lou"));
        }
        veza.given(owns("garden", "ada"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    private static MemberBanned banned(String room, String person, String by) {
        return new MemberBanned(id(room), id(person), id(by));
    }

    private static String bans(String room) {
        return "/api/rooms/" + id(room) + "/bans";
    }

    @Test
    void theLatestFirstEachWithWhoSaidSo() {
        Answer answer = veza.as("ada", bans("hall"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.strings("items", "/person/username")).containsExactly("ian", "tom", "tim");
        assertThat(answer.strings("items", "/bannedBy/username")).containsExactly("ada", "mia", "ada");
        assertThat(answer.strings("items", "/person/id")).contains(id("tim").toString());
        assertThat(answer.strings("items", "/position")).doesNotHaveDuplicates();
        assertThat(answer.body().at("/items/0").propertyNames()).containsExactly("person", "bannedBy", "position");
    }

    @Test
    void pageByPage() {
        Answer first = veza.as("mia", bans("den") + "?limit=2");
        Answer second = veza.as(
                "mia",
                bans("den") + "?limit=2&cursor="
                        + first.body().get("nextCursor").asString());

        assertThat(first.strings("items", "/person/username")).containsExactly("ian", "tom");
        assertThat(second.strings("items", "/person/username")).containsExactly("tim");
        assertThat(second.body().get("nextCursor").isNull()).isTrue();
    }

    @Test
    void nobodyIsAnEmptyPage() {
        assertThat(veza.as("ada", bans("garden")).body().toString()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "bob, hall, 403, forbidden",
        "bob, den, 403, forbidden",
        "bob, garden, 403, not-a-member",
        "eve, hall, 403, not-a-member",
        "eve, den, 404, not-found",
        "tim, den, 404, not-found",
        "ada, nowhere, 404, not-found"
    })
    void othersAreRefused(String person, String room, int status, String problem) {
        Answer answer = veza.as(person, bans(room));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    @Test
    void thePlatformsModeratorsReadThemInPublicRooms() {
        assertThat(veza.asModerator("pat", bans("hall")).strings("items", "/person/username"))
                .containsExactly("ian", "tom", "tim");
        assertThat(veza.asModerator("bob", bans("hall")).strings("items", "/person/username"))
                .containsExactly("ian", "tom", "tim");
        assertThat(veza.asModerator("pat", bans("garden")).strings("items", "/person/username"))
                .isEmpty();
        assertThat(veza.asModerator("pat", bans("den")).status()).isEqualTo(404);
        assertThat(veza.asModerator("bob", bans("den")).status()).isEqualTo(403);
    }
}
