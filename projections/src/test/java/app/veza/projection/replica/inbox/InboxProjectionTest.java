package app.veza.projection.replica.inbox;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.NotificationEvents.raised;
import static app.veza.projection.kit.NotificationEvents.seen;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.VezaEvent;
import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationKind;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InboxProjectionTest {

    private static FreshDatabase database;
    private static ProjectorTables tables;

    @BeforeAll
    static void create() {
        database = EmbeddedPlatform.shared().freshDatabase();
        tables = ProjectorTables.create(new InboxProjection(), database);
    }

    @AfterAll
    static void drop() throws SQLException {
        tables.close();
        database.close();
    }

    private static void given(VezaEvent... events) {
        History history = new History();
        history.append(events);
        tables.applyEveryWay(history.seenBy(new InboxProjection()), 5);
    }

    @Test
    void whatWasRaisedStandsInTheInboxUntilItIsSeenAndAfter() {
        given(
                raised("one", "ada", NotificationKind.MENTION, "bob"),
                raised("two", "ada", NotificationKind.REPLY, "bob"),
                raised("three", "bob", NotificationKind.STREAM_LIVE, "ada"),
                seen("one", "ada"),
                seen("one", "ada"));

        assertThat(inbox("ada")).containsExactly("mention 1 seen", "reply 2 unseen");
        assertThat(inbox("bob")).containsExactly("stream_live 3 unseen");
        assertThat(tables.dsl()
                        .fetchSingle("select * from view.notifications where position = 1")
                        .intoMap())
                .containsEntry("notification_id", id("one"))
                .containsEntry("actor_id", id("bob"))
                .containsEntry("room_id", id("hall"))
                .containsEntry("message_id", id("hello"))
                .containsEntry("stream_id", null)
                .containsEntry(
                        "read_at",
                        tables.dsl()
                                .fetchValue(
                                        "select ?::timestamptz",
                                        History.timeOf(4).toString()));
    }

    @Test
    void nobodyCanMarkWhatIsInTheInboxOfAnother() {
        given(raised("one", "ada", NotificationKind.MENTION, "bob"), seen("one", "bob"));

        assertThat(inbox("ada")).containsExactly("mention 1 unseen");
    }

    @Test
    void whatSomebodyDoesNotWantIsNotKeptFromThenOn() {
        given(
                raised("one", "ada", NotificationKind.MENTION, "bob"),
                wants("ada", NotificationKind.MENTION, NotificationChannel.INBOX, false),
                raised("two", "ada", NotificationKind.MENTION, "bob"),
                raised("three", "bob", NotificationKind.MENTION, "ada"),
                wants("ada", NotificationKind.REPLY, NotificationChannel.EMAIL, false),
                raised("four", "ada", NotificationKind.REPLY, "bob"),
                wants("ada", NotificationKind.MENTION, NotificationChannel.INBOX, true),
                raised("five", "ada", NotificationKind.MENTION, "bob"));

        assertThat(inbox("ada")).containsExactly("mention 1 unseen", "reply 6 unseen", "mention 8 unseen");
        assertThat(inbox("bob")).containsExactly("mention 4 unseen");
        assertThat(tables.dsl()
                        .fetch("select kind, channel, wanted from view.notification_preferences order by kind")
                        .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2)))
                .containsExactly("mention inbox true", "reply email false");
    }

    @Test
    void securityNoticesCannotBeRefused() {
        given(
                wants("ada", NotificationKind.SECURITY, NotificationChannel.INBOX, false),
                raised("one", "ada", NotificationKind.SECURITY, "ada"));

        assertThat(inbox("ada")).containsExactly("security 2 unseen");
    }

    private static NotificationPreferenceChanged wants(
            String person, NotificationKind kind, NotificationChannel channel, boolean wanted) {
        return new NotificationPreferenceChanged(id(person), kind, channel, wanted);
    }

    private static List<String> inbox(String person) {
        return tables.dsl()
                .fetch("select * from view.notifications where person_id = ? order by position", id(person))
                .map(row -> row.get("kind") + " " + row.get("position") + " "
                        + (row.get("read_at") == null ? "unseen" : "seen"));
    }
}
