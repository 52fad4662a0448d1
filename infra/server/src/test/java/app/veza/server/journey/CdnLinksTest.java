package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.SocketJourney.Person;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where streams are listened to when a CDN stands in front. */
class CdnLinksTest {

    private static final String CDN = "https://audio.veza.example";

    @Test
    void aCdnThatWantsCookiesGetsThemFromPagesOfOurs(@TempDir Path directory) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Path key = Files.writeString(
                directory.resolve("cdn.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Map<String, String> settings = Map.of(
                "veza.live.cdn.url", CDN,
                "veza.live.cdn.key-pair-id", "K2JCJMDEHXQW5F",
                "veza.live.cdn.private-key-file", key.toString(),
                "veza.live.cdn.cookie-domain", "veza.example",
                "veza.http.cors-origins", "https://veza.example");
        try (Product product = new Product(directory, settings)) {
            Person ann = SocketJourney.person(product);
            String stream =
                    ann.client().post("/api/streams", Map.of("title", "Jazz")).text("streamId");
            Answer joined = ann.client().post("/api/streams/" + stream + "/listeners/me", Map.of());

            assertThat(joined.body().path("withCookies").asBoolean()).isTrue();
            assertThat(joined.headers().allValues("Set-Cookie"))
                    .anyMatch(cookie -> cookie.startsWith("CloudFront-Signature="));
            // What CloudFront passes on of a player's request, and what of the answer the browser wants to see
            String playlist = URI.create(joined.text("playbackUrl")).getPath();
            Answer fetched = ann.client().get(playlist, "Origin", "https://veza.example");
            assertThat(fetched.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://veza.example");
            assertThat(fetched.headers().firstValue("Access-Control-Allow-Credentials"))
                    .contains("true");
            assertThat(fetched.headers().allValues("Vary")).contains("Origin");
            Answer strange = ann.client().get(playlist, "Origin", "https://elsewhere.example");
            assertThat(strange.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(strange.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

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
