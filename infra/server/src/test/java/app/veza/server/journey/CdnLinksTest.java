package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.SocketJourney.Person;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where streams are listened to when a CDN that wants no cookies stands in front. */
class CdnLinksTest {

    private static final String CDN = "https://audio.veza.example";

    @Test
    void whoeverNamesAPublicStreamNamesTheCdn(@TempDir Path directory) {
        try (Product product = new Product(directory, Map.of("veza.live.cdn.url", CDN))) {
            Person ann = SocketJourney.person(product);
            Answer created = ann.client().post("/api/streams", Map.of("title", "Jazz"));
            String playlist = CDN + "/live/" + created.text("streamId") + "/master.m3u8";
            assertThat(created.text("playbackUrl")).isEqualTo(playlist);
            Answer seen = ann.client()
                    .get(
                            "/api/streams/" + created.text("streamId"),
                            "Veza-Min-Position",
                            Long.toString(created.position()));
            assertThat(seen.text("playbackUrl")).isEqualTo(playlist);
            try (Socket socket = Socket.open("ws://" + product.gateway() + "/ws", ann.token())) {
                assertThat(SocketJourney.accepted(
                                        socket.ask("stream.subscribe", Map.of("streamId", created.text("streamId"))))
                                .path("stream")
                                .path("playbackUrl")
                                .asString())
                        .isEqualTo(playlist);
            }
        }
    }
}
