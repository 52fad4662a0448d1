package app.veza.projection.analytics;

import static app.veza.projection.kit.Events.answered;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.MessageEvents.deleted;
import static app.veza.projection.kit.MessageEvents.edited;
import static app.veza.projection.kit.MessageEvents.reacted;
import static app.veza.projection.kit.MessageEvents.reported;
import static app.veza.projection.kit.MessageEvents.showed;
import static app.veza.projection.kit.MessageEvents.unreacted;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.projection.analytics.messages.MessageFactsProjection;
import app.veza.projection.kit.History;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageFactsTest {

    private static final Instant EVENING = Instant.parse("2026-03-01T23:10:00Z");
    private static final Instant NIGHT = Instant.parse("2026-03-02T00:10:00Z");

    @Test
    void messagesByLengthInCodePointsAndWithoutTheirText() throws Exception {
        History history = new History();
        history.append(
                said("hall", "ada", "wave \uD83C\uDF0A"),
                answered("hall", "bob", "hi", "wave \uD83C\uDF0A"),
                showed("hall", "ada", "look", "bob", "eve"));
        try (Facts facts = new Facts(new MessageFactsProjection(), history)) {
            assertThat(facts.query("""
                            select position, date_utc, message_id, room_id, sender_id, reply, text_length, mentions,
                                attachments, attachment_bytes
                            from view.fact_messages order by 1"""))
                    .containsExactly(
                            "1,2026-03-01,%s,%s,%s,f,6,0,0,0".formatted(id("wave \uD83C\uDF0A"), id("hall"), id("ada")),
                            "2,2026-03-01,%s,%s,%s,t,2,0,0,0".formatted(id("hi"), id("hall"), id("bob")),
                            "3,2026-03-01,%s,%s,%s,f,4,2,1,1000".formatted(id("look"), id("hall"), id("ada")));
            assertThat(facts.query("select * from view.fact_messages").toString())
                    .doesNotContain("wave", "look", "picture");
        }
    }

    /** What happens at night to a message of the evening corrects the evening. */
    @Test
    void whatBecomesOfAMessageCountsWhereItWasSent() throws Exception {
        History history = new History();
        history.append(
                EVENING,
                said("hall", "ada", "one"),
                said("hall", "ada", "two"),
                said("yard", "bob", "three"),
                reacted("hall", "bob", "one"));
        history.append(
                NIGHT,
                said("hall", "bob", "four"),
                edited("hall", "ada", "one", "uno"),
                edited("hall", "ada", "one", "un"),
                reacted("hall", "eve", "one"),
                unreacted("hall", "bob", "one"),
                reported("hall", "eve", "ada", "two"),
                deleted("hall", "ada", "two"));
        try (Facts facts = new Facts(new MessageFactsProjection(), history)) {
            assertThat(facts.query(
                            "select edits, reactions, reports, deleted_at from view.fact_messages order by position"))
                    .containsExactly("2,1,0,", "0,0,1,2026-03-02 00:10:00", "0,0,0,", "0,0,0,");
            assertThat(facts.query(
                            "select * from view.messages_hourly order by hour, room_id = '%s'".formatted(id("yard"))))
                    .containsExactly(
                            "2026-03-01 23:00:00,%s,2,0,6,0,0,2,1,1".formatted(id("hall")),
                            "2026-03-01 23:00:00,%s,1,0,5,0,0,0,0,0".formatted(id("yard")),
                            "2026-03-02 00:00:00,%s,1,0,4,0,0,0,0,0".formatted(id("hall")));
            assertThat(facts.query(
                            "select date, sum(messages), sum(deleted) from view.messages_daily group by 1 order by 1"))
                    .containsExactly("2026-03-01,3,1", "2026-03-02,1,0");
        }
    }

    @Test
    void roomsByTheirNameOnlyWhenItIsPublic() throws Exception {
        History history = new History();
        history.append(
                publicRoom("hall", "ada"),
                owns("hall", "ada"),
                joined("hall", "bob"),
                privateRoom("cellar", "eve"),
                owns("cellar", "eve"),
                new DirectRoomOpened(id("two"), id("pair"), id("ada"), id("bob")),
                left("hall", "bob"),
                joined("hall", "eve"),
                new RoomChanged(id("hall"), id("ada"), "great hall", null),
                new RoomChanged(id("cellar"), id("eve"), "vault", null),
                new RoomClosed(id("cellar"), id("eve")));
        try (Facts facts = new Facts(new MessageFactsProjection(), history)) {
            assertThat(
                            facts.query(
                                    "select position, kind, name, created_by, closed_at, members from view.dim_rooms order by 1"))
                    .containsExactly(
                            "1,public,great hall,%s,,2".formatted(id("ada")),
                            "4,private,,%s,2026-03-01 12:00:11,1".formatted(id("eve")),
                            "6,direct,,%s,,0".formatted(id("ada")));
        }
    }
}
