package app.veza.projection.replica.streams;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.privateStream;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static app.veza.projection.kit.StreamEvents.described;
import static app.veza.projection.kit.StreamEvents.guestInvited;
import static app.veza.projection.kit.StreamEvents.guestRemoved;
import static app.veza.projection.kit.StreamEvents.interrupted;
import static app.veza.projection.kit.StreamEvents.leaves;
import static app.veza.projection.kit.StreamEvents.listens;
import static app.veza.projection.kit.StreamEvents.recordingDeleted;
import static app.veza.projection.kit.StreamEvents.recordingReady;
import static app.veza.projection.kit.StreamEvents.resumed;
import static app.veza.projection.kit.StreamEvents.segmentsStored;
import static app.veza.projection.kit.StreamEvents.wentLive;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each history is applied in every way. */
class StreamsProjectionTest {

    private static FreshDatabase database;
    private static ProjectorTables tables;

    @BeforeAll
    static void create() {
        database = EmbeddedPlatform.shared().freshDatabase();
        tables = ProjectorTables.create(new StreamsProjection(), database);
    }

    @AfterAll
    static void drop() throws SQLException {
        tables.close();
        database.close();
    }

    private static void given(VezaEvent... events) {
        History history = new History();
        history.append(events);
        tables.applyEveryWay(history.seenBy(new StreamsProjection()), 9);
    }

    private static Record stream(String name) {
        return tables.dsl().fetchSingle("select * from view.streams where stream_id = ?", id(name));
    }

    private static Instant time(String stream, String column) {
        return stream(stream).get(column, OffsetDateTime.class).toInstant();
    }

    @Test
    void aStreamIsCreatedAndEnds() {
        given(streamCreated("jazz", "ada"), privateStream("rehearsal", "bob"), streamStopped("jazz", "ada"));

        assertThat(stream("jazz").intoMap())
                .containsEntry("broadcaster_id", id("ada"))
                .containsEntry("title", "jazz")
                .containsEntry("description", null)
                .containsEntry("visibility", "public")
                .containsEntry("record", true)
                .containsEntry("state", "ended")
                .containsEntry("created_position", 1L)
                .containsEntry("started_at", null);
        assertThat(time("jazz", "ended_at")).isEqualTo(History.timeOf(3));
        assertThat(stream("rehearsal").intoMap())
                .containsEntry("visibility", "private")
                .containsEntry("description", "a rehearsal")
                .containsEntry("record", false)
                .containsEntry("state", "created")
                .containsEntry("ended_at", null);
    }

    @Test
    void onTheAirItIsInterruptedAndResumedAndWhatIsEndedStaysSo() {
        given(
                streamCreated("jazz", "ada"),
                wentLive("jazz", "ada"),
                interrupted("jazz", "ada"),
                streamCreated("talk", "bob"),
                wentLive("talk", "bob"),
                interrupted("talk", "bob"),
                resumed("talk", "bob"),
                streamCreated("over", "eve"),
                wentLive("over", "eve"),
                streamStopped("over", "eve"),
                interrupted("over", "eve"));

        assertThat(stream("jazz").get("state")).isEqualTo("interrupted");
        assertThat(time("jazz", "started_at")).isEqualTo(History.timeOf(2));
        assertThat(stream("talk").get("state")).isEqualTo("live");
        assertThat(stream("over").get("state")).isEqualTo("ended");
    }

    @Test
    void whatItIsCalledAndWhatIsStoredOfIt() {
        given(
                privateStream("jazz", "ada"),
                segmentsStored("jazz", "ada", 0),
                described("jazz", "ada", "Kind of Blue"),
                segmentsStored("jazz", "ada", 4),
                streamStopped("jazz", "ada"),
                recordingReady("jazz", "ada"));

        assertThat(stream("jazz").intoMap())
                .containsEntry("title", "Kind of Blue")
                .containsEntry("description", null)
                .containsEntry("now_playing", "So What")
                .containsEntry("segments", 8)
                .containsEntry("stored_millis", 16_384L)
                .containsEntry("stored_bytes", 262_144L)
                .containsEntry("recording_millis", 16_384L)
                .containsEntry("recording_bytes", 262_144L);
        assertThat(time("jazz", "recorded_at")).isEqualTo(History.timeOf(6));
        assertThat(tables.dsl()
                        .fetch("select first_segment from view.stream_segments order by position")
                        .getValues(0, Integer.class))
                .containsExactly(0, 4);
    }

    @Test
    void aRecordingThatIsDeletedIsNone() {
        given(streamCreated("jazz", "ada"), recordingReady("jazz", "ada"), recordingDeleted("jazz", "ada"));

        assertThat(stream("jazz").intoMap())
                .containsEntry("recording_millis", null)
                .containsEntry("recorded_at", null);
    }

    @Test
    void withAPersonGoesWhatWasRecordedOfThemAndWhatTheyWrote() {
        given(
                streamCreated("jazz", "ada"),
                privateStream("rehearsal", "ada"),
                streamCreated("soul", "bob"),
                described("jazz", "ada", "Kind of Blue"),
                streamStopped("jazz", "ada"),
                streamStopped("soul", "bob"),
                recordingReady("jazz", "ada"),
                recordingReady("soul", "bob"),
                new PersonErased(id("ada")),
                // whoever made it was held up
                recordingReady("jazz", "ada"));

        assertThat(stream("jazz").intoMap())
                .containsEntry("recording_millis", null)
                .containsEntry("recorded_at", null)
                .containsEntry("title", Erased.TEXT)
                .containsEntry("description", null)
                .containsEntry("now_playing", Erased.TEXT)
                .containsEntry("state", "ended");
        assertThat(stream("rehearsal").intoMap())
                .containsEntry("title", Erased.TEXT)
                .containsEntry("description", Erased.TEXT)
                .containsEntry("now_playing", null);
        assertThat(stream("soul").get("title")).isEqualTo("soul");
        assertThat(time("soul", "recorded_at")).isEqualTo(History.timeOf(8));
    }

    @Test
    void whomTheBroadcasterLetsIn() {
        given(
                privateStream("rehearsal", "ada"),
                guestInvited("rehearsal", "bob", "ada"),
                guestInvited("rehearsal", "eve", "ada"),
                guestRemoved("rehearsal", "bob", "bob"),
                guestInvited("rehearsal", "eve", "ada"),
                guestRemoved("rehearsal", "eve", "ada"),
                guestInvited("rehearsal", "eve", "ada"));

        assertThat(tables.dsl()
                        .fetch("select person_id, position from view.stream_guests")
                        .intoMaps())
                .containsExactly(Map.of("person_id", id("eve"), "position", 7L));
    }

    @Test
    void listenersNowAndTheMostThereWere() {
        given(
                streamCreated("jazz", "ada"),
                listens("jazz", "bob", "phone"),
                listens("jazz", "bob", "phone"),
                listens("jazz", "bob", "desk"),
                listens("jazz", "eve", "eve's"),
                leaves("jazz", "bob", "phone", 10),
                leaves("jazz", "bob", "phone", 10),
                leaves("jazz", "bob", "never came", 10),
                listens("jazz", "bob", "phone"));

        assertThat(stream("jazz").intoMap()).containsEntry("listeners", 3).containsEntry("peak_listeners", 3);
        assertThat(tables.dsl()
                        .fetch("select joined_position from view.stream_listeners order by 1")
                        .getValues(0, Long.class))
                .containsExactly(4L, 5L, 9L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theMostThereWereIsTheSameWhereverABatchEnds(long seed) {
        Random random = new Random(seed);
        List<VezaEvent> events = new ArrayList<>(List.of(streamCreated("jazz", "ada"), streamCreated("talk", "bob")));
        for (int i = 0; i < 150; i++) {
            String stream = random.nextBoolean() ? "jazz" : "talk";
            String listening = "listening " + random.nextInt(12);
            events.add(
                    random.nextInt(5) < 3 ? listens(stream, "eve", listening) : leaves(stream, "eve", listening, 10));
        }
        given(events.toArray(VezaEvent[]::new));

        assertThat(tables.dsl().fetch("""
                select title from view.streams s
                where listeners <> (select count(*) from view.stream_listeners l where l.stream_id = s.stream_id)
                   or peak_listeners < listeners
                """)).isEmpty();
    }
}
