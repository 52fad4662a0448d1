package app.veza.projection.replica.chat;

import static app.veza.projection.kit.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import app.veza.projectionengine.Recorded;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories at random, of few people in few rooms, so that the same things come up again and again in all orders. */
class ChatHistoriesTest {

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whereABatchEndsMakesNoDifferenceAndWhatIsCountedIsThere(long seed) {
        History history = new History();
        history.append(new RandomChat(seed).events(250).toArray(VezaEvent[]::new));

        tables.applyEveryWay(history.seenBy(new ChatProjection()), seed);

        assertThat(differing("""
                select 'member_count' from view.rooms r
                where member_count <> (select count(*) from view.members m where m.room_id = r.room_id)
                """)).isEmpty();
        assertThat(differing("""
                select 'last_position' from view.rooms r
                where last_position <> (select coalesce(max(position), r.created_position)
                                        from view.messages m where m.room_id = r.room_id)
                   or message_count <> (select count(*) from view.messages m where m.room_id = r.room_id)
                """)).isEmpty();
        assertThat(differing("""
                select 'number' from (
                    select number, row_number() over (partition by room_id order by position) as counted from view.messages) m
                where number <> counted
                """)).isEmpty();
        assertThat(differing("""
                select 'unread' from view.unread_counts u join view.members m using (room_id, person_id)
                where unread <> (select count(*) from view.messages s
                                 where s.room_id = m.room_id and s.position > m.read_position and s.deleted_at is null)
                   or mentions <> (select count(*) from view.messages s
                                   where s.room_id = m.room_id and s.position > m.read_position
                                     and s.mentions ? m.person_id::text)
                """)).isEmpty();
        assertThat(differing("""
                select 'own' from view.members m join view.messages s using (room_id)
                where s.sender_id = m.person_id and s.position > m.read_position
                """)).isEmpty();
        assertThat(differing("""
                select 'reactions' from view.reaction_counts c
                full join (select room_id, message_id, emoji, count(*) as people from view.reactions
                           group by room_id, message_id, emoji) r using (room_id, message_id, emoji)
                where c.people is distinct from r.people
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void whoIsErasedLiveReadsAsInAHistoryWithoutTheirKey(long seed) {
        History history = new History();
        history.append(new RandomChat(seed).events(150).toArray(VezaEvent[]::new));
        history.append(new PersonErased(id("person" + new Random(seed).nextInt(RandomChat.PEOPLE))));

        Map<String, List<String>> live = tables.applyEveryWay(history.seenBy(new ChatProjection()), seed);
        Map<String, List<String>> later = tables.applyEveryWay(history.seenLaterBy(new ChatProjection()), seed);

        ProjectorTables.assertSame("live", live, "later", later);
    }

    /** Numbers of messages, what former messages named, and which memberships and reactions truly went; all else is one round trip. */
    @Test
    void aShortBatchOfEverythingWaitsFiveTimesForTheDatabase() {
        History history = new History();
        history.append(new RandomChat(31).events(200).toArray(VezaEvent[]::new));
        List<Recorded<?>> events = history.seenBy(new ChatProjection());
        tables.clear();
        tables.apply(events.subList(0, 160));

        assertThat(tables.roundTrips(events.subList(160, events.size()))).isEqualTo(5);
    }

    private static List<String> differing(String query) {
        // in JDBC a question mark is a parameter, unless it is doubled
        return tables.dsl().fetch(query.replace("?", "??")).getValues(0, String.class);
    }
}
