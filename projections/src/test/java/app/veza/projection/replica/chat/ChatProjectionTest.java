package app.veza.projection.replica.chat;

import static app.veza.projection.kit.ChatEvents.banned;
import static app.veza.projection.kit.ChatEvents.closed;
import static app.veza.projection.kit.ChatEvents.direct;
import static app.veza.projection.kit.ChatEvents.muted;
import static app.veza.projection.kit.ChatEvents.promoted;
import static app.veza.projection.kit.ChatEvents.renamed;
import static app.veza.projection.kit.ChatEvents.slowed;
import static app.veza.projection.kit.ChatEvents.unbanned;
import static app.veza.projection.kit.ChatEvents.unmuted;
import static app.veza.projection.kit.Events.answered;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.said;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import app.veza.projectionengine.Recorded;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatProjectionTest {

    private static FreshDatabase database;
    private static ProjectorTables tables;

    @BeforeAll
    static void create() {
        database = EmbeddedPlatform.shared().freshDatabase();
        tables = ProjectorTables.create(new ChatProjection(), database);
    }

    @AfterAll
    static void drop() throws SQLException {
        tables.close();
        database.close();
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @Test
    void roomAndItsOwner() {
        given(privateRoom("den", "ada"), owns("den", "ada"));

        Record room = tables.dsl().fetchSingle("select * from view.rooms");
        assertThat(room.intoMap())
                .containsEntry("room_id", id("den"))
                .containsEntry("name", "den")
                .containsEntry("topic", "only for ada")
                .containsEntry("visibility", "private")
                .containsEntry("creator_id", id("ada"))
                .containsEntry("created_position", 1L)
                .containsEntry("member_count", 1)
                .containsEntry("last_position", 1L)
                .containsEntry("message_count", 0L)
                .containsEntry("slow_mode_seconds", 0)
                .containsEntry("closed_at", null)
                .containsEntry("direct_with", null);
        assertThat(room.get("created_at", java.time.OffsetDateTime.class).toInstant())
                .isEqualTo(History.timeOf(1));
        assertThat(members("den")).containsExactly("ada owner 2");
    }

    @Test
    void messagesKeepTheirPositionAndMoveTheirRoom() {
        given(
                publicRoom("hall", "ada"),
                owns("hall", "ada"),
                said("hall", "ada", "hello"),
                publicRoom("quiet", "ada"),
                answered("hall", "ada", "is anybody there?", "hello"));

        assertThat(tables.dsl().fetch("select * from view.messages order by position"))
                .satisfiesExactly(
                        hello -> assertThat(hello.intoMap())
                                .containsEntry("position", 3L)
                                .containsEntry("room_id", id("hall"))
                                .containsEntry("message_id", id("hello"))
                                .containsEntry("sender_id", id("ada"))
                                .containsEntry("text", "hello")
                                .containsEntry("reply_to", null),
                        answer -> assertThat(answer.intoMap())
                                .containsEntry("position", 5L)
                                .containsEntry("reply_to", id("hello")));
        assertThat(tables.dsl()
                        .fetch("select last_position from view.rooms order by name")
                        .getValues(0, Long.class))
                .containsExactly(5L, 4L);
    }

    @Test
    void aRoomChangesAndCloses() {
        given(publicRoom("hall", "ada"), renamed("hall", "the hall", "echoes"), slowed("hall", 30));
        assertThat(tables.dsl().fetchSingle("select * from view.rooms").intoMap())
                .containsEntry("name", "the hall")
                .containsEntry("topic", "echoes")
                .containsEntry("slow_mode_seconds", 30)
                .containsEntry("closed_at", null);

        tables.clear();
        given(
                publicRoom("hall", "ada"),
                renamed("hall", "the hall", "echoes"),
                renamed("hall", "hall", null),
                closed("hall", "ada"));
        assertThat(tables.dsl().fetchSingle("select * from view.rooms").intoMap())
                .containsEntry("name", "hall")
                .containsEntry("topic", null)
                .extractingByKey("closed_at")
                .isNotNull();
    }

    @Test
    void aDirectRoomHasNoNameAndTwoPeople() {
        given(direct("two", "ada", "bob"), joined("two", "ada"), joined("two", "bob"));

        assertThat(tables.dsl().fetchSingle("select * from view.rooms").intoMap())
                .containsEntry("name", null)
                .containsEntry("visibility", "private")
                .containsEntry("creator_id", id("ada"))
                .containsEntry("direct_with", id("bob"))
                .containsEntry("member_count", 2);
    }

    @Test
    void aRoleChangesWithoutTheRestOfAMembership() {
        given(publicRoom("hall", "ada"), joined("hall", "bob"), promoted("hall", "bob", MemberRole.MODERATOR));

        assertThat(members("hall")).containsExactly("bob moderator 2");
    }

    @Test
    void restrictionsStandUntilTheyAreLifted() {
        given(
                publicRoom("hall", "ada"),
                muted("hall", "bob", History.timeOf(1_000)),
                banned("hall", "eve"),
                muted("hall", "ada", null),
                unmuted("hall", "ada"),
                banned("hall", "bob"),
                unbanned("hall", "bob"));

        assertThat(tables.dsl()
                        .fetch("select * from view.restrictions order by position")
                        .map(row -> row.get("kind") + " " + row.get("position")))
                .containsExactly("mute 2", "ban 3");
    }

    @Test
    void ofSeveralEventsAboutAMembershipTheLastOneCounts() {
        given(
                publicRoom("hall", "ada"),
                owns("hall", "ada"),
                joined("hall", "bob"),
                left("hall", "bob"),
                joined("hall", "bob"),
                joined("hall", "eve"),
                left("hall", "eve"));

        assertThat(members("hall")).containsExactly("ada owner 2", "bob member 5");
        assertThat(memberCount("hall")).isEqualTo(2);
    }

    @Test
    void whoLeavesAndComesBackInOneBatchIsCountedOnce() {
        History history = new History();
        history.append(publicRoom("hall", "ada"), owns("hall", "ada"), left("hall", "ada"), owns("hall", "ada"));
        List<Recorded<?>> events = history.seenBy(new ChatProjection());

        tables.apply(events.subList(0, 2));
        tables.apply(events.subList(2, 4));

        assertThat(members("hall")).containsExactly("ada owner 4");
        assertThat(memberCount("hall")).isEqualTo(1);
    }

    @Test
    void joiningTwiceCountsOnce() {
        given(publicRoom("hall", "ada"), joined("hall", "bob"), owns("hall", "bob"));

        assertThat(members("hall")).containsExactly("bob owner 3");
        assertThat(memberCount("hall")).isEqualTo(1);
    }

    @Test
    void aTextIsStoredAsItIsSaveForWhatPostgresCannotHold() {
        String text = "a \"quoted\" \\ {brace}, NULL and \uD83C\uDF0A\nline two";
        given(
                publicRoom("hall", "ada"),
                said("hall", "ada", text),
                said("hall", "ada", "nul \0 here"),
                said("hall", "ada", "half \uD83C a pair"));

        assertThat(tables.dsl()
                        .fetch("select text from view.messages order by position")
                        .getValues(0, String.class))
                .containsExactly(text, "nul \uFFFD here", "half ? a pair");
    }

    private static void given(VezaEvent... events) {
        History history = new History();
        history.append(events);
        tables.apply(history.seenBy(new ChatProjection()));
    }

    /** Name, role and position of joining of each member, the longest there first. */
    private static List<String> members(String room) {
        return tables.dsl()
                .fetch("select * from view.members where room_id = ? order by joined_position", id(room))
                .map(member -> List.of("ada", "bob", "eve").stream()
                                .filter(name -> id(name).equals(member.get("person_id")))
                                .findFirst()
                                .orElseThrow()
                        + " " + member.get("role") + " " + member.get("joined_position"));
    }

    private static int memberCount(String room) {
        return tables.dsl()
                .fetchSingle("select member_count from view.rooms where room_id = ?", id(room))
                .get(0, Integer.class);
    }
}
