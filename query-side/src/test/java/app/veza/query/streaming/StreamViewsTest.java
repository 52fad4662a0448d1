package app.veza.query.streaming;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.privateStream;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static app.veza.projection.kit.StreamEvents.described;
import static app.veza.projection.kit.StreamEvents.guestInvited;
import static app.veza.projection.kit.StreamEvents.leaves;
import static app.veza.projection.kit.StreamEvents.listens;
import static app.veza.projection.kit.StreamEvents.recordingReady;
import static app.veza.projection.kit.StreamEvents.wentLive;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.identity.PersonErased;
import app.veza.projection.kit.History;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StreamViewsTest {

    private static QuerySideFixture veza;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        veza.given(
                registered("ada"),
                registered("bob"),
                streamCreated("jazz", "ada"),
                privateStream("rehearsal", "ada"),
                streamCreated("talk", "bob"),
                streamStopped("jazz", "ada"),
                streamCreated("soul", "bob"),
                described("soul", "bob", "soul"),
                listens("soul", "ada", "radio"),
                streamStopped("soul", "bob"),
                recordingReady("soul", "bob"),
                streamCreated("blues", "bob"),
                wentLive("blues", "bob"),
                described("blues", "bob", "Blue Note"),
                listens("blues", "ada", "phone"),
                listens("blues", "ada", "desk"),
                leaves("blues", "ada", "desk", 1_000),
                registered("eve"),
                guestInvited("rehearsal", "eve", "ada"),
                registered("zoe"),
                streamCreated("farewell", "zoe"),
                described("farewell", "zoe", "Farewell"),
                streamStopped("farewell", "zoe"),
                new PersonErased(id("zoe")));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada|''|[erased],Blue Note,soul,talk,rehearsal,jazz",
                "bob|''|[erased],Blue Note,soul,talk,jazz",
                "eve|''|[erased],Blue Note,soul,talk,rehearsal,jazz",
                "bob|?state=ended|[erased],soul,jazz",
                "ada|?state=created|talk,rehearsal",
                "ada|?state=live|Blue Note"
            })
    void publicOnesMyOwnAndThoseIAmInvitedToTheNewestFirst(String caller, String query, String titles) {
        assertThat(String.join(",", veza.as(caller, "/api/streams" + query).strings("items", "/title")))
                .isEqualTo(titles);
    }

    @Test
    void pageByPage() {
        Answer first = veza.as("ada", "/api/streams?limit=3");
        Answer second = veza.as(
                "ada",
                "/api/streams?limit=3&cursor=" + first.body().get("nextCursor").asString());

        assertThat(first.strings("items", "/title")).containsExactly("[erased]", "Blue Note", "soul");
        assertThat(second.strings("items", "/title")).containsExactly("talk", "rehearsal", "jazz");
    }

    @Test
    void oneThatEnded() {
        assertThat(veza.as("bob", "/api/streams/" + id("jazz")).body().toString())
                .isEqualTo(("{\"id\":\"%s\",\"title\":\"jazz\",\"broadcaster\":"
                                + "{\"id\":\"%s\",\"username\":\"ada\",\"displayName\":\"ada Display\"},"
                                + "\"state\":\"ended\",\"endedAt\":\"%s\",\"listeners\":0,\"peakListeners\":0}")
                        .formatted(id("jazz"), id("ada"), History.timeOf(6)));
    }

    @Test
    void aPrivateOneForItsBroadcasterAndGuestsOnly() {
        String path = "/api/streams/" + id("rehearsal");

        assertThat(veza.as("ada", path).status()).isEqualTo(200);
        assertThat(veza.as("eve", path).status()).isEqualTo(200);
        assertThat(veza.as("bob", path).status()).isEqualTo(404);
        assertThat(veza.as("bob", path).problem()).isEqualTo("not-found");
    }

    @Test
    void oneOnTheAir() {
        JsonNode blues = veza.as("ada", "/api/streams/" + id("blues")).body();

        assertThat(blues.get("state").asString()).isEqualTo("live");
        assertThat(blues.get("title").asString()).isEqualTo("Blue Note");
        assertThat(blues.get("nowPlaying").asString()).isEqualTo("So What");
        assertThat(blues.get("listeners").asInt()).isEqualTo(1);
        assertThat(blues.get("peakListeners").asInt()).isEqualTo(2);
        assertThat(blues.get("playbackUrl").asString()).isEqualTo("https://live.example/" + id("blues"));
        assertThat(blues.has("recordingUrl")).isFalse();
    }

    @Test
    void oneThatWasRecorded() {
        JsonNode soul = veza.as("ada", "/api/streams/" + id("soul")).body();

        assertThat(soul.get("state").asString()).isEqualTo("ended");
        assertThat(soul.get("listeners").asInt()).isZero();
        assertThat(soul.get("peakListeners").asInt()).isEqualTo(1);
        assertThat(soul.get("recordingUrl").asString()).isEqualTo("https://open.example/" + id("soul"));
        assertThat(soul.has("playbackUrl")).isFalse();
        assertThat(soul.has("nowPlaying")).isFalse();
    }

    @Test
    void oneWhoseBroadcasterWasErasedTellsNothingTheyWrote() {
        JsonNode farewell = veza.as("ada", "/api/streams/" + id("farewell")).body();

        assertThat(farewell.get("title").asString()).isEqualTo("[erased]");
        assertThat(farewell.at("/broadcaster/displayName").asString()).isEqualTo("[erased]");
        assertThat(farewell.has("description")).isFalse();
        assertThat(farewell.has("nowPlaying")).isFalse();
    }

    @Test
    void anUnknownStateIsNamed() {
        assertThat(veza.as("ada", "/api/streams?state=loud").pointer()).isEqualTo("/state");
    }
}
