package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.SocketJourney.Person;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From a broadcaster's socket to what listeners' players fetch. */
class LiveAudioJourneyTest extends LiveAudioJourney {

    @Test
    void whatIsBroadcastIsHeardLiveThenRecordedThenDeleted() throws Exception {
        Person anna = person();
        String stream = stream(anna, "public", true);
        assertThat(status(product, stream, "master.m3u8")).isEqualTo(404);
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 8));
            await().atMost(PATIENCE).until(() -> status(product, stream, "master.m3u8") == 200);
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            String playlist = text(product, stream, "128k/index.m3u8");
            assertThat(playlist).contains("#EXT-X-PART:", "#EXT-X-PRELOAD-HINT:", "CAN-BLOCK-RELOAD=YES");
            assertThat(status(product, stream, "99k/index.m3u8")).isEqualTo(404);
            // Waits for what the silence behind the tone becomes
            String next = text(product, stream, "64k/index.m3u8?_HLS_msn=2&_HLS_part=0");
            assertThat(next).contains("#EXTINF:");

            end(anna, stream);
            assertThat(broadcaster.closed().get(60, TimeUnit.SECONDS)).isEqualTo(1000);
        }

        await().atMost(PATIENCE).until(() -> status(product, stream, "recording.m4a") == 200);
        byte[] heard = Broadcaster.listen(url(product, stream, "master.m3u8"));
        assertThat(heard.length / (double) BYTES_A_SECOND).isBetween(7.8, 8.3);
        assertThat(Broadcaster.probe(url(product, stream, "recording.m4a")))
                .contains("codec_name=aac", "TAG:title=Harbour radio");
        comesInParts(url(product, stream, "recording.m4a"));
        assertThat(text(product, stream, "peaks.json")).startsWith("{\"version\":2,\"channels\":1");
        await().atMost(PATIENCE)
                .until(() -> anna.client().get("/api/streams/" + stream).body().has("recordingUrl"));
        assertThat(product.causeOf("streaming.RecordingReady", "stream:" + stream))
                .isEqualTo("streaming.StreamStopped");

        assertThat(anna.client()
                        .send("DELETE", "/api/streams/" + stream + "/recording", null)
                        .status())
                .isEqualTo(204);
        await().atMost(PATIENCE).until(() -> status(product, stream, "recording.m4a") == 404);
    }

    @Test
    void whoIsCutOffIsWaitedForInSilence() {
        Person anna = person();
        String stream = stream(anna, "public", false);
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 4));
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
        }
        await().atMost(PATIENCE).until(() -> state(anna, stream).equals("interrupted"));
        // Three segments are more than was sent
        await().atMost(PATIENCE)
                .until(() -> text(product, stream, "64k/index.m3u8").split("#EXTINF", -1).length > 3);
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send(Broadcaster.tone("ogg", 1000, 4));
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            end(anna, stream);
        }
        await().atMost(PATIENCE)
                .until(() -> text(product, stream, "128k/index.m3u8").contains("#EXT-X-ENDLIST"));
        short[] heard = samples(Broadcaster.listen(url(product, stream, "128k/index.m3u8")));
        assertThat(loudest(heard, SECOND)).isGreaterThan(1_000);
        assertThat(loudest(heard, 4 * SECOND + SECOND / 2)).isLessThan(50);
        assertThat(loudest(heard, heard.length - 2 * SECOND)).isGreaterThan(1_000);
    }

    @Test
    void onlyItsBroadcasterSendsAndOnlyAudioIsTaken() {
        Person anna = person();
        Person ben = person();
        String stream = stream(anna, "public", false);
        assertThat(Socket.refused(address(product, stream), ben.token())).isEqualTo(403);
        assertThat(Socket.refused(address(product, stream), null)).isEqualTo(401);
        assertThat(Socket.refused(address(product, UUID.randomUUID().toString()), anna.token()))
                .isEqualTo(404);
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send("RIFF....WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> broadcaster.closed().isDone());
            assertThat(broadcaster.closed()).isCompletedWithValue(4415);
            assertThat(broadcaster.texts()).contains("unsupported-audio");
        }
    }

    @Test
    void aPrivateStreamIsHeardByALinkOfOnesOwn() throws Exception {
        Person anna = person();
        Person ben = person();
        Answer created = anna.client().post("/api/streams", Map.of("title", "Harbour radio", "visibility", "private"));
        String stream = created.text("streamId");
        String own = below(stream, created.text("playbackUrl"));
        String guest = "/api/streams/" + stream + "/guests/" + ben.id();
        String bens;
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 6));
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            assertThat(status(product, stream, "master.m3u8")).isEqualTo(404);
            assertThat(text(product, stream, own))
                    .as("what the broadcaster was given")
                    .startsWith("#EXTM3U");
            assertThat(anna.client()
                            .get("/api/streams/" + stream)
                            .body()
                            .path("listeners")
                            .asInt())
                    .isZero();
            Answer joined = anna.client().post("/api/streams/" + stream + "/listeners/me", Map.of());
            assertThat(joined.status()).as(joined.toString()).isBetween(200, 299);
            String signed = below(stream, joined.text("playbackUrl"));
            assertThat(text(product, stream, signed)).startsWith("#EXTM3U");
            assertThat(text(product, stream, signed.replace("master", "64k/index")))
                    .contains("#EXT-X-PART:");
            assertThat(status(product, stream, signed.replace("s/1", "s/2"))).isEqualTo(403);
            anna.client().send("PUT", guest, null);
            bens = below(
                    stream,
                    ben.client()
                            .post("/api/streams/" + stream + "/listeners/me", Map.of())
                            .text("playbackUrl"));
            assertThat(text(product, stream, bens)).startsWith("#EXTM3U");
            end(anna, stream);
        }

        await().atMost(PATIENCE)
                .until(() -> anna.client().get("/api/streams/" + stream).body().has("recordingUrl"));
        String recording =
                below(stream, anna.client().get("/api/streams/" + stream).text("recordingUrl"));
        String recordingForBen =
                below(stream, ben.client().get("/api/streams/" + stream).text("recordingUrl"));
        assertThat(status(product, stream, bens)).isEqualTo(200);
        assertThat(status(product, stream, recordingForBen)).isEqualTo(200);
        anna.client().send("DELETE", guest, null);
        await("links of who is no guest any more")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                List.of(status(product, stream, bens), status(product, stream, recordingForBen)))
                        .containsOnly(403));
        assertThat(recording).matches("s/[^/]+/recording\\.m4a");
        assertThat(status(product, stream, "recording.m4a")).isEqualTo(404);
        assertThat(Broadcaster.probe(url(product, stream, recording))).contains("codec_name=aac");
        byte[] heard = Broadcaster.listen(url(product, stream, recording.replace("recording.m4a", "master.m3u8")));
        assertThat(heard.length / (double) BYTES_A_SECOND).isBetween(5.8, 6.3);
        assertThat(status(product, stream, recording.replace("s/1", "s/2"))).isEqualTo(403);
        assertThat(status(product, stream, own)).isEqualTo(200);
        assertThat(anna.client().post("/auth/logout", Map.of()).status()).isEqualTo(204);
        await("links of a session that is over")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(List.of(status(product, stream, own), status(product, stream, recording)))
                                .containsOnly(403));
    }

    private static String below(String stream, String address) {
        return URI.create(address).getPath().substring(("/live/" + stream + "/").length());
    }

    /** As players ask for it that show where they are. */
    private static void comesInParts(String recording) throws Exception {
        byte[] whole = range(recording, "bytes=0-").body();
        for (String range : new String[] {"bytes=100-199", "bytes=-50", "bytes=%d-".formatted(whole.length - 7)}) {
            HttpResponse<byte[]> part = range(recording, range);
            assertThat(part.statusCode()).isEqualTo(206);
            String[] sent = part.headers()
                    .firstValue("Content-Range")
                    .orElseThrow()
                    .substring("bytes ".length())
                    .split("[-/]");
            int first = Integer.parseInt(sent[0]);
            int last = Integer.parseInt(sent[1]);
            assertThat(Integer.parseInt(sent[2])).isEqualTo(whole.length);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, first, last + 1));
        }
        assertThat(range(recording, "bytes=%d-".formatted(whole.length)).statusCode())
                .isEqualTo(416);
    }

    private static HttpResponse<byte[]> range(String address, String range) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Range", range)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
