package app.veza.projection.replica.chat;

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
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import app.veza.projectionengine.Recorded;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .containsEntry("last_position", 1L);
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
                                .containsEntry("reply_to", null)
                                .containsEntry("client_message_id", "client 5"),
                        answer -> assertThat(answer.intoMap())
                                .containsEntry("position", 5L)
                                .containsEntry("reply_to", id("hello")));
        assertThat(tables.dsl()
                        .fetch("select last_position from view.rooms order by name")
                        .getValues(0, Long.class))
                .containsExactly(5L, 4L);
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whereABatchEndsMakesNoDifference(long seed) {
        Random random = new Random(seed);
        History history = new History();
        history.append(randomHistory(random).toArray(VezaEvent[]::new));
        List<Recorded<?>> events = history.seenBy(new ChatProjection());

        events.forEach(event -> tables.apply(List.of(event)));
        Map<String, List<String>> oneByOne = tables.rows();
        tables.clear();
        tables.apply(events);
        Map<String, List<String>> atOnce = tables.rows();
        tables.clear();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(12));
            tables.apply(events.subList(from, to));
            from = to;
        }

        assertThat(atOnce).isEqualTo(oneByOne);
        assertThat(tables.rows()).isEqualTo(oneByOne);
        assertThat(tables.dsl().fetch("""
                select name from view.rooms r
                where member_count <> (select count(*) from view.members m where m.room_id = r.room_id)
                   or last_position <> (select coalesce(max(position), r.created_position)
                                        from view.messages m where m.room_id = r.room_id)
                """)).isEmpty();
    }

    /** Few people in few rooms, so that the same memberships come up again and again. */
    private static List<VezaEvent> randomHistory(Random random) {
        List<VezaEvent> events = new ArrayList<>();
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String person = "person" + random.nextInt(4);
            if (rooms.isEmpty() || random.nextInt(20) == 0) {
                rooms.add("room" + rooms.size());
                events.add(publicRoom(rooms.getLast(), person));
                events.add(owns(rooms.getLast(), person));
                continue;
            }
            String room = rooms.get(random.nextInt(rooms.size()));
            events.add(
                    switch (random.nextInt(3)) {
                        case 0 -> joined(room, person);
                        case 1 -> left(room, person);
                        default -> said(room, person, "message " + i);
                    });
        }
        return events;
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
