package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class StreamingDoorsTest {

    private static Doors doors;
    private static String ann;

    @BeforeAll
    static void open() {
        doors = new Doors();
        String credentials = "\"username\": \"ann\", \"password\": \"correct horse\"";
        doors.post("/auth/register", null, "{%s, \"email\": \"ann@example.org\"}".formatted(credentials));
        ann = doors.post("/auth/login", null, "{" + credentials + "}").json("$.accessToken");
    }

    @AfterAll
    static void close() {
        doors.close();
    }

    @Test
    void aStreamHasAbsoluteUrls() {
        Doors.Answer answer = doors.post("/api/streams", ann, "{\"title\": \"Jazz\"}");
        String id = answer.json("$.streamId");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.<String>json("$.ingestUrl")).isEqualTo("wss://ws.veza.example/base/live/" + id);
        assertThat(answer.<String>json("$.playbackUrl"))
                .isEqualTo("https://veza.example/base/live/" + id + "/master.m3u8");
        assertThat(doors.events())
                .last()
                .isInstanceOfSatisfying(
                        StreamCreated.class,
                        created -> assertThat(created.record()).isTrue());
    }

    @Test
    void ofAPrivateStreamItsBroadcasterIsGivenALinkOfTheirOwn() {
        Doors.Answer answer = doors.post("/api/streams", ann, "{\"title\": \"Jazz\", \"visibility\": \"private\"}");

        assertThat(answer.<String>json("$.playbackUrl"))
                .isEqualTo("https://veza.example/live/" + answer.json("$.streamId") + "/s/signed/master.m3u8");
    }

    @Test
    void aStreamStopsOnce() {
        String id = doors.post("/api/streams", ann, "{\"title\": \"Jazz\", \"record\": false}")
                .json("$.streamId");

        Doors.Answer stopped = doors.send(HttpMethod.POST, "/api/streams/" + id + "/stop", ann, null);
        assertThat(stopped.status()).isEqualTo(200);
        assertThat(stopped.<String>json("$.state")).isEqualTo("ended");
        assertThat(doors.events()).last().isInstanceOf(StreamStopped.class);

        int appended = doors.events().size();
        assertThat(doors.send(HttpMethod.POST, "/api/streams/" + id + "/stop", ann, null)
                        .status())
                .isEqualTo(200);
        assertThat(doors.events()).hasSize(appended);
    }

    @Test
    void whatIsWrongIsTold() {
        assertThat(doors.post("/api/streams", ann, "{}").status()).isEqualTo(422);
        assertThat(doors.send(HttpMethod.POST, "/api/streams/" + UUID.randomUUID() + "/stop", ann, null)
                        .status())
                .isEqualTo(404);
    }
}
