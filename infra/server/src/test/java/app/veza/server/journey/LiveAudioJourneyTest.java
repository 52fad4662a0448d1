package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.audio.hls.SegmentName;
import app.veza.audio.live.LiveAudio;
import app.veza.embedded.EmbeddedPlatform;
import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.SocketJourney.Person;
import app.veza.stores.ObjectStore;
import app.veza.stores.ObjectStoreConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a broadcaster's socket to what listeners' players fetch, on running nodes. */
class LiveAudioJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int BYTES_A_SECOND = 96_000;
    private static final int SECOND = 48_000;

    @TempDir
    static Path directory;

    @TempDir
    static Path elsewhere;

    private static Product product;

    private static StoreGate storage;

    /** Broadcasters here send what they have at once, and then are quiet, or away, for as long as the machine needs. */
    @BeforeAll
    static void start() throws IOException {
        storage = new StoreGate(
                String.valueOf(EmbeddedPlatform.shared().properties().get("veza.s3.endpoint")));
        product = new Product(
                directory,
                Map.of(
                        "veza.live.stall",
                        "5m",
                        "veza.live.late",
                        "5m",
                        "veza.streaming.resume-within",
                        "5m",
                        "veza.s3.endpoint",
                        storage.address()));
    }

    @AfterAll
    static void stop() throws IOException {
        product.close();
        storage.close();
    }

    @AfterEach
    void openStorage() {
        storage.open();
    }

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

            assertThat(anna.client()
                            .post("/api/streams/" + stream + "/stop", Map.of())
                            .status())
                    .isEqualTo(200);
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
            assertThat(anna.client()
                            .post("/api/streams/" + stream + "/stop", Map.of())
                            .status())
                    .isEqualTo(200);
        }
        await().atMost(PATIENCE)
                .until(() -> text(product, stream, "128k/index.m3u8").contains("#EXT-X-ENDLIST"));
        short[] heard = samples(Broadcaster.listen(url(product, stream, "128k/index.m3u8")));
        assertThat(loudest(heard, SECOND)).isGreaterThan(1_000);
        assertThat(loudest(heard, 4 * SECOND + SECOND / 2)).isLessThan(50);
        assertThat(loudest(heard, heard.length - 2 * SECOND)).isGreaterThan(1_000);
    }

    @Test
    void whoBeginsWhileTheStorageIsAwayIsHeardAndRecordedLater() throws Exception {
        Person anna = person();
        String stream = stream(anna, "public", true);
        storage.shut();
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 6));
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            await().atMost(PATIENCE)
                    .until(() -> text(product, stream, "128k/index.m3u8").contains("#EXTINF"));
            storage.open();
            anna.client().post("/api/streams/" + stream + "/stop", Map.of());
        }
        await().atMost(PATIENCE)
                .until(() -> anna.client().get("/api/streams/" + stream).body().has("recordingUrl"));
        byte[] heard = Broadcaster.listen(url(product, stream, "recording.m4a"));
        assertThat(heard.length / (double) BYTES_A_SECOND).isBetween(5.8, 6.3);
    }

    @Test
    void whatIsDeletedWhileTheStorageIsAwayGoesLaterAndHoldsUpNoOthersEnd() throws Exception {
        Person anna = person();
        String recorded = recorded(anna);
        String live = stream(anna, "public", false);
        try (var broadcaster = new Broadcaster(address(product, live), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 4));
            await().atMost(PATIENCE).until(() -> state(anna, live).equals("live"));
            storage.shut();
            assertThat(anna.client()
                            .send("DELETE", "/api/streams/" + recorded + "/recording", null)
                            .status())
                    .isEqualTo(204);
            assertThat(anna.client()
                            .post("/api/streams/" + live + "/stop", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(broadcaster.closed().get(60, TimeUnit.SECONDS)).isEqualTo(1000);
        }
        // The node that was told of it is no more when the storage is back
        product.close();
        storage.open();
        assertThat(files(recorded)).isNotEmpty();
        product.start();
        await().atMost(PATIENCE).until(() -> files(recorded).isEmpty());
    }

    @Test
    void whoIsErasedLeavesNoRecording() {
        Person anna = person();
        String recorded = recorded(anna);
        assertThat(files(recorded)).isNotEmpty();
        Answer gone = anna.client().send("DELETE", "/api/me", null);
        assertThat(gone.status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> files(recorded).isEmpty());
        assertThat(product.anonymous()
                        .get(URI.create(gone.text("certificateUrl")).getPath())
                        .body()
                        .toString())
                .contains("something of 0 of 1 streams is there");
    }

    @Test
    void anotherNodeServesTheStreamAndGoesOnWithIt() {
        Person anna = person();
        String stream = stream(anna, "public", true);
        try (Product second = product.anotherNode(elsewhere)) {
            try (var here = new Broadcaster(address(product, stream), anna.token())) {
                here.send(Broadcaster.tone("webm", 440, 6));
                await().atMost(PATIENCE).until(() -> status(second, stream, "128k/index.m3u8") == 200);
                String playlist = text(second, stream, "128k/index.m3u8");
                assertThat(playlist).contains("#EXT-X-PART:");
                // The broadcaster comes in at the other node, as after a change of network
                try (var there = new Broadcaster(address(second, stream), anna.token())) {
                    there.send(Broadcaster.tone("ogg", 1000, 6));
                    await().atMost(PATIENCE).until(() -> here.closed().isDone());
                    assertThat(here.closed()).isCompletedWithValue(4409);
                    await().atMost(PATIENCE)
                            .until(() -> text(product, stream, "64k/index.m3u8").contains("#EXT-X-DISCONTINUITY\n"));
                }
            }
            assertThat(anna.client()
                            .post("/api/streams/" + stream + "/stop", Map.of())
                            .status())
                    .isEqualTo(200);
            await().atMost(PATIENCE)
                    .until(() -> text(product, stream, "128k/index.m3u8").contains("#EXT-X-ENDLIST"));
            assertThat(Broadcaster.listen(url(product, stream, "128k/index.m3u8")).length)
                    .isGreaterThan(11 * BYTES_A_SECOND);
        }
    }

    @Test
    void whoIsWaitedForAtOneNodeComesBackAtAnother() {
        Person anna = person();
        String stream = stream(anna, "public", true);
        try (Product second = product.anotherNode(elsewhere)) {
            try (var here = new Broadcaster(address(product, stream), anna.token())) {
                here.send(Broadcaster.tone("webm", 440, 4));
                await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            }
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("interrupted"));
            try (var there = new Broadcaster(address(second, stream), anna.token())) {
                there.send(Broadcaster.tone("ogg", 1000, 6));
                await().atMost(PATIENCE)
                        .until(() -> second.part(LiveAudio.class).edge(stream).isPresent());
                await().atMost(PATIENCE)
                        .until(() -> Broadcaster.textOrLater(url(second, stream, "64k/index.m3u8"))
                                .contains("#EXT-X-PART:"));
                // The first node has no sound of its own any more
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(text(product, stream, "64k/index.m3u8"))
                                .isEqualTo(text(second, stream, "64k/index.m3u8")));
                assertThat(anna.client()
                                .post("/api/streams/" + stream + "/stop", Map.of())
                                .status())
                        .isEqualTo(200);
            }
            await().atMost(PATIENCE)
                    .until(() -> text(product, stream, "128k/index.m3u8").contains("#EXT-X-ENDLIST"));
        }
        assertThat(numbers(stream)).doesNotHaveDuplicates();
        short[] heard = samples(Broadcaster.listen(url(product, stream, "128k/index.m3u8")));
        assertThat(heard.length).isGreaterThan(9 * SECOND + SECOND / 2);
        assertThat(loudest(heard, SECOND)).isGreaterThan(1_000);
        assertThat(loudest(heard, heard.length - 2 * SECOND)).isGreaterThan(1_000);
    }

    /** The second node has a storage, the first one has none for a while, and so not stored yet what was heard there. */
    @Test
    void nobodyGoesOnBeforeAllIsStoredThatWasHeardElsewhere() throws IOException {
        Person anna = person();
        String stream = stream(anna, "public", true);
        String endpoint = String.valueOf(EmbeddedPlatform.shared().properties().get("veza.s3.endpoint"));
        try (Product second = product.anotherNode(elsewhere, Map.of("veza.s3.endpoint", endpoint));
                var here = new Broadcaster(address(product, stream), anna.token())) {
            storage.shut();
            here.send(Broadcaster.tone("webm", 440, 6));
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            try (var early = new Broadcaster(address(second, stream), anna.token())) {
                await().atMost(PATIENCE).until(() -> early.closed().isDone());
                assertThat(early.closed()).isCompletedWithValue(1012);
            }
            assertThat(here.closed()).isCompletedWithValue(4409);
            assertThat(product.part(LiveAudio.class).heldIds()).contains(stream);
            storage.open();
            await().atMost(PATIENCE)
                    .until(() -> !product.part(LiveAudio.class).heldIds().contains(stream));
            try (var there = new Broadcaster(address(second, stream), anna.token())) {
                there.send(Broadcaster.tone("ogg", 1000, 6));
                await().atMost(PATIENCE)
                        .until(() -> Broadcaster.textOrLater(url(second, stream, "64k/index.m3u8"))
                                .contains("#EXT-X-DISCONTINUITY\n"));
                anna.client().post("/api/streams/" + stream + "/stop", Map.of());
            }
            await().atMost(PATIENCE)
                    .until(() -> text(second, stream, "128k/index.m3u8").contains("#EXT-X-ENDLIST"));
        }
        assertThat(numbers(stream)).doesNotHaveDuplicates();
        assertThat(Broadcaster.listen(url(product, stream, "128k/index.m3u8")).length)
                .isGreaterThan(11 * BYTES_A_SECOND);
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
        String stream = stream(anna, "private", true);
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 6));
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            assertThat(status(product, stream, "master.m3u8")).isEqualTo(404);
            Answer joined = anna.client().post("/api/streams/" + stream + "/listeners/me", Map.of());
            assertThat(joined.status()).as(joined.toString()).isBetween(200, 299);
            String path = URI.create(joined.text("playbackUrl")).getPath();
            String signed = path.substring(("/live/" + stream + "/").length());
            assertThat(text(product, stream, signed)).startsWith("#EXTM3U");
            assertThat(text(product, stream, signed.replace("master", "64k/index")))
                    .contains("#EXT-X-PART:");
            assertThat(status(product, stream, signed.replace("s/1", "s/2"))).isEqualTo(403);
            anna.client().post("/api/streams/" + stream + "/stop", Map.of());
        }

        await().atMost(PATIENCE)
                .until(() -> anna.client().get("/api/streams/" + stream).body().has("recordingUrl"));
        String recording = URI.create(
                        anna.client().get("/api/streams/" + stream).text("recordingUrl"))
                .getPath()
                .substring(("/live/" + stream + "/").length());
        assertThat(recording).matches("s/[^/]+/recording\\.m4a");
        assertThat(status(product, stream, "recording.m4a")).isEqualTo(404);
        assertThat(Broadcaster.probe(url(product, stream, recording))).contains("codec_name=aac");
        byte[] heard = Broadcaster.listen(url(product, stream, recording.replace("recording.m4a", "master.m3u8")));
        assertThat(heard.length / (double) BYTES_A_SECOND).isBetween(5.8, 6.3);
        assertThat(status(product, stream, recording.replace("s/1", "s/2"))).isEqualTo(403);
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

    private static Person person() {
        return SocketJourney.person(product);
    }

    private static short[] samples(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** In a tenth of a second. */
    private static int loudest(short[] samples, int from) {
        return IntStream.range(from, from + SECOND / 10)
                .map(i -> Math.abs(samples[i]))
                .max()
                .orElseThrow();
    }

    private static String stream(Person owner, String visibility, boolean record) {
        Answer created = owner.client()
                .post("/api/streams", Map.of("title", "Harbour radio", "visibility", visibility, "record", record));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.text("streamId");
    }

    /** One that has ended, and of which the recording is there. */
    private static String recorded(Person owner) {
        String stream = stream(owner, "public", true);
        try (var broadcaster = new Broadcaster(address(product, stream), owner.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 4));
            await().atMost(PATIENCE).until(() -> state(owner, stream).equals("live"));
            owner.client().post("/api/streams/" + stream + "/stop", Map.of());
        }
        await().atMost(PATIENCE)
                .until(() -> owner.client().get("/api/streams/" + stream).body().has("recordingUrl"));
        return stream;
    }

    /** What the storage has of a stream, looked at behind the gate. */
    private static List<String> files(String stream) {
        var config = ObjectStoreConfig.from(EmbeddedPlatform.shared().properties());
        try (ObjectStore bucket = ObjectStore.open(config)) {
            return bucket.keys("live/" + stream + "/").toList();
        }
    }

    /** Of the segments that the storage has. */
    private static List<Long> numbers(String stream) {
        return files(stream).stream()
                .filter(key -> key.contains("/128k/"))
                .map(key -> SegmentName.parse(key.substring(key.lastIndexOf('/') + 1)))
                .flatMap(Optional::stream)
                .map(SegmentName::number)
                .toList();
    }

    private static String state(Person person, String stream) {
        return person.client().get("/api/streams/" + stream).text("state");
    }

    private static String address(Product node, String stream) {
        return "ws://" + node.gateway() + "/live/" + stream;
    }

    private static String url(Product node, String stream, String path) {
        return node.anonymous().base() + "/live/" + stream + "/" + path;
    }

    private static HttpResponse<String> fetch(Product node, String stream, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(url(node, stream, path))).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int status(Product node, String stream, String path) {
        return fetch(node, stream, path).statusCode();
    }

    private static String text(Product node, String stream, String path) {
        HttpResponse<String> answer = fetch(node, stream, path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }
}
