package app.veza.query.streaming;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.privateStream;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projection.kit.History;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                streamStopped("jazz", "ada"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada|''|talk,rehearsal,jazz",
                "bob|''|talk,jazz",
                "bob|?state=ended|jazz",
                "ada|?state=created|talk,rehearsal",
                "ada|?state=live|''"
            })
    void publicOnesAndMyOwnTheNewestFirst(String caller, String query, String titles) {
        assertThat(String.join(",", veza.as(caller, "/api/streams" + query).strings("items", "/title")))
                .isEqualTo(titles);
    }

    @Test
    void pageByPage() {
        Answer first = veza.as("ada", "/api/streams?limit=2");
        Answer second = veza.as(
                "ada",
                "/api/streams?limit=2&cursor=" + first.body().get("nextCursor").asString());

        assertThat(first.strings("items", "/title")).containsExactly("talk", "rehearsal");
        assertThat(second.strings("items", "/title")).containsExactly("jazz");
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
    void aPrivateOneForItsBroadcasterOnly() {
        String path = "/api/streams/" + id("rehearsal");

        assertThat(veza.as("ada", path).status()).isEqualTo(200);
        assertThat(veza.as("bob", path).status()).isEqualTo(404);
        assertThat(veza.as("bob", path).problem()).isEqualTo("not-found");
    }

    @Test
    void anUnknownStateIsNamed() {
        assertThat(veza.as("ada", "/api/streams?state=loud").pointer()).isEqualTo("/state");
    }
}
