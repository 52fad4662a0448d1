package app.veza.projection.analytics;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.privateStream;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static app.veza.projection.kit.StreamEvents.interrupted;
import static app.veza.projection.kit.StreamEvents.leaves;
import static app.veza.projection.kit.StreamEvents.listens;
import static app.veza.projection.kit.StreamEvents.recordingDeleted;
import static app.veza.projection.kit.StreamEvents.recordingReady;
import static app.veza.projection.kit.StreamEvents.resumed;
import static app.veza.projection.kit.StreamEvents.segmentsStored;
import static app.veza.projection.kit.StreamEvents.wentLive;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projection.analytics.streams.StreamFactsProjection;
import app.veza.projection.kit.History;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamFactsTest {

    @Test
    void timesOnTheAirWithoutTheInterruptions() throws Exception {
        History history = new History();
        history.append(streamCreated("jazz", "ada"), privateStream("rehearsal", "bob"));
        history.append(Instant.parse("2026-03-01T23:00:00Z"), wentLive("jazz", "ada"), wentLive("rehearsal", "bob"));
        history.append(Instant.parse("2026-03-01T23:30:00Z"), interrupted("jazz", "ada"));
        history.append(Instant.parse("2026-03-01T23:31:00Z"), resumed("jazz", "ada"));
        history.append(Instant.parse("2026-03-01T23:45:00Z"), interrupted("rehearsal", "bob"));
        history.append(Instant.parse("2026-03-01T23:46:00Z"), streamStopped("rehearsal", "bob"));
        history.append(Instant.parse("2026-03-02T01:30:00Z"), streamStopped("jazz", "ada"));
        try (Facts facts = new Facts(new StreamFactsProjection(), history)) {
            assertThat(facts.query("select position, stream_id, started_at, ended_position, seconds "
                            + "from view.fact_stream_sessions order by 1"))
                    .containsExactly(
                            "3,%s,2026-03-01 23:00:00,5,1800".formatted(id("jazz")),
                            "4,%s,2026-03-01 23:00:00,7,2700".formatted(id("rehearsal")),
                            "6,%s,2026-03-01 23:31:00,9,7140".formatted(id("jazz")));
            assertThat(facts.query(
                            "select date, streams, round(hours::numeric, 3) from view.stream_hours_daily order by 1"))
                    .containsExactly("2026-03-01,2,1.733", "2026-03-02,1,1.500");
            assertThat(facts.query("select live_seconds, interruptions from view.stream_totals order by 1"))
                    .containsExactly("2700,0", "8940,1");
        }
    }

    @Test
    void whatIsOnTheAirUpToTheTimeThatTheyAreTold() throws Exception {
        History history = new History();
        history.append(streamCreated("jazz", "ada"));
        history.append(Instant.parse("2026-03-01T23:30:00Z"), wentLive("jazz", "ada"));
        try (Facts facts = new Facts(new StreamFactsProjection(), history)) {
            facts.query("select set_config('veza.now', '2026-03-02 00:15Z', false)");
            assertThat(facts.query("select hour, started, live_seconds from view.stream_sessions_hourly order by 1"))
                    .containsExactly("2026-03-01 23:00:00,1,1800", "2026-03-02 00:00:00,0,900");
            assertThat(facts.query("select date, streams, hours from view.stream_hours_daily order by 1"))
                    .containsExactly("2026-03-01,1,0.5", "2026-03-02,1,0.25");
            assertThat(facts.one("select live_seconds from view.stream_totals")).isEqualTo("2700");
            facts.query("select set_config('veza.now', '', false)");
            assertThat(
                            facts.one(
                                    "select live_seconds = extract(epoch from now() - '2026-03-01 23:30Z')::double precision from view.stream_totals"))
                    .as("up to now, when they are told nothing")
                    .isEqualTo("t");
        }
    }

    @Test
    void streamsWithWhatWasStored() throws Exception {
        History history = new History();
        history.append(
                streamCreated("jazz", "ada"),
                privateStream("rehearsal", "bob"),
                segmentsStored("jazz", "ada", 0),
                segmentsStored("jazz", "ada", 4),
                segmentsStored("rehearsal", "bob", 0),
                streamStopped("jazz", "ada"),
                recordingReady("jazz", "ada"),
                recordingReady("rehearsal", "bob"),
                recordingDeleted("rehearsal", "bob"));
        try (Facts facts = new Facts(new StreamFactsProjection(), history)) {
            assertThat(facts.query("""
                            select position, visibility, recorded, ended_position, segments,
                                stored_seconds::float, stored_bytes, silent_seconds::float, recording_seconds::float, recording_bytes
                            from view.dim_streams order by 1"""))
                    .containsExactly(
                            "1,public,t,6,8,16.384,262144,1.024,16.384,262144", "2,private,f,,4,8.192,131072,0.512,,");
        }
    }

    /** 23:50 to 00:20 is ten minutes of one hour and twenty of the next. */
    @Test
    void listeningFallsIntoTheHoursInWhichItWas() throws Exception {
        History history = new History();
        history.append(streamCreated("jazz", "ada"));
        history.append(Instant.parse("2026-03-01T23:50:00.000250Z"), listens("jazz", "bob", "first"));
        history.append(Instant.parse("2026-03-01T23:55:00Z"), listens("jazz", "eve", "second"));
        history.append(Instant.parse("2026-03-02T00:05:00Z"), leaves("jazz", "eve", "second", 600_000));
        history.append(Instant.parse("2026-03-02T00:06:00Z"), listens("jazz", "eve", "third"));
        history.append(Instant.parse("2026-03-02T00:20:10Z"), leaves("jazz", "bob", "first", 1_800_000));
        try (Facts facts = new Facts(new StreamFactsProjection(), history)) {
            assertThat(
                            facts.query(
                                    "select position, person_id, left_position, left_at, seconds, reason from view.fact_listening order by 1"))
                    .containsExactly(
                            "2,%s,6,2026-03-02 00:20:00.00025,1800,left".formatted(id("bob")),
                            "3,%s,4,2026-03-02 00:05:00,600,left".formatted(id("eve")),
                            "5,%s,,,,".formatted(id("eve")));
            assertThat(facts.query("select hour, joined, listened_seconds from view.listening_hourly order by 1"))
                    .containsExactly("2026-03-01 23:00:00,2,899.999", "2026-03-02 00:00:00,1,1500.001");
            assertThat(facts.query("select date, joined, listened_seconds from view.listening_daily order by 1"))
                    .containsExactly("2026-03-01,2,899.999", "2026-03-02,1,1500.001");
            assertThat(facts.query("select at, listeners from view.stream_audience where stream_id = '%s' order by 1"
                            .formatted(id("jazz"))))
                    .containsExactly(
                            "2026-03-01 23:50:00.00025,1",
                            "2026-03-01 23:55:00,2",
                            "2026-03-02 00:05:00,1",
                            "2026-03-02 00:06:00,2",
                            "2026-03-02 00:20:00.00025,1");
            assertThat(facts.one("select listenings, people, listened_seconds, peak_listeners from view.stream_totals"))
                    .isEqualTo("3,2,2400,2");
        }
    }
}
