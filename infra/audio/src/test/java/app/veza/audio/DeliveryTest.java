package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import app.veza.audio.live.Answer;
import app.veza.audio.live.Broadcast;
import app.veza.audio.live.Delivery;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What players are answered, at the live edge and behind it. */
class DeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STREAM = "0197-stream";
    private static final int SECOND = 48_000;

    @TempDir
    Path folder;

    private final Listener told = Listener.fresh();
    private LiveAudio audio;
    private Delivery delivery;
    private Broadcast broadcast;

    @BeforeEach
    void goLive() {
        LiveSettings usual = LiveSettings.defaults();
        FolderStore store = FolderStore.in(folder);
        audio = new LiveAudio(
                Tools.SANDBOX,
                store,
                new LiveSettings(
                        usual.grace(),
                        PATIENCE,
                        PATIENCE,
                        PATIENCE,
                        PATIENCE,
                        usual.window(),
                        Duration.ofMinutes(5),
                        3));
        delivery = new Delivery(audio, store);
        broadcast = audio.connect(STREAM, false, told, told);
        LiveAudioFixture.send(broadcast, Tools.tone(folder, "webm", 440, 20));
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 9);
    }

    @AfterEach
    void close() {
        audio.close();
    }

    @Test
    void thePartsOfASegmentAreTheSegment() throws Exception {
        String playlist = text("128k/index.m3u8");
        List<String> parts = found("#EXT-X-PART:[^\\n]*URI=\"([^\"]+)\"", playlist);
        String last = found("(?m)^(\\d{8}-.*\\.m4s)$", playlist).getLast();
        var joined = new ByteArrayOutputStream();
        for (String part : parts) {
            if (part.startsWith(last.substring(0, last.lastIndexOf('-')))) {
                joined.writeBytes(body("128k/" + part));
            }
        }
        assertThat(joined.toByteArray()).isEqualTo(body("128k/" + last));
        assertThat(get("128k/" + last, Map.of()).cacheControl()).contains("immutable");
        assertThat(found("#EXT-X-RENDITION-REPORT:URI=\"([^\"]+)\"", playlist)).containsExactly("../64k/index.m3u8");
    }

    @Test
    void whoAsksForWhatComesNextGetsItWhenItIsThere() throws Exception {
        String playlist = settled("64k/index.m3u8");
        String hint = found("PRELOAD-HINT:TYPE=PART,URI=\"([^\"]+)\"", playlist).getFirst();
        var part = CompletableFuture.supplyAsync(() -> get("64k/" + hint, Map.of()));
        var next = CompletableFuture.supplyAsync(() -> get(
                "64k/index.m3u8",
                Map.of(
                        "_HLS_msn", hint.substring(0, 8).replaceFirst("^0+(?=\\d)", ""),
                        "_HLS_part", hint.substring(hint.length() - 5, hint.length() - 4),
                        "_HLS_skip", "YES")));
        assertThat(part).isNotDone();

        audio.stop(STREAM).get(60, TimeUnit.SECONDS);

        // What was left in the encoder became that part
        assertThat(part.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(next.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    /** Once the encoder has given all that it can of what was sent. */
    private String settled(String path) {
        var last = new AtomicReference<>("");
        await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(() -> {
            String now = text(path);
            return now.equals(last.getAndSet(now));
        });
        return last.get();
    }

    @Test
    void updatesLeaveOutWhatPlayersKnow() throws Exception {
        String whole = text("64k/index.m3u8");
        String update =
                new String(get("64k/index.m3u8", Map.of("_HLS_skip", "YES")).body(), StandardCharsets.UTF_8);
        int skipped = Integer.parseInt(
                found("#EXT-X-SKIP:SKIPPED-SEGMENTS=(\\d+)", update).getFirst());
        assertThat(skipped).isPositive();
        assertThat(found("(#EXTINF)", update)).hasSize(found("(#EXTINF)", whole).size() - skipped);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(get("64k/index.m3u8", Map.of("_HLS_msn", "1000")).status()).isEqualTo(400);
        assertThat(get("64k/index.m3u8", Map.of("_HLS_msn", "-1")).status()).isEqualTo(400);
        assertThat(get("64k/index.m3u8", Map.of("_HLS_part", "1")).status()).isEqualTo(400);
        for (String path : List.of(
                "32k/index.m3u8", "64k/00000099-abc.0.m4s", "64k/../128k/index.m3u8", "64k", "", "index.m3u8")) {
            assertThat(get(path, Map.of()).status()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void ffmpegHearsTheWholeOfEachRenditionLiveOverHttp(int rendition) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/master.m3u8";
            // From the oldest segment on, while the stream goes on
            var heard = CompletableFuture.supplyAsync(() -> Tools.run(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-xerror",
                    "-live_start_index",
                    "0",
                    "-i",
                    url,
                    "-map",
                    "0:a:" + rendition,
                    "-ac",
                    "1",
                    "-f",
                    "s16le",
                    "pipe:1"));
            LiveAudioFixture.send(audio.connect(STREAM, true, told, told), Tools.tone(folder, "ogg", 1000, 10));
            await().atMost(PATIENCE)
                    .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 14);
            audio.stop(STREAM).get(60, TimeUnit.SECONDS);

            Tools.Ran ran = heard.get(90, TimeUnit.SECONDS);
            assertThat(ran.errors()).isEmpty();
            assertThat(ran.code()).isZero();
            assertThat(ran.out().length / 2.0 / SECOND).isCloseTo(30, within(0.5));
        } finally {
            server.stop(0);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        var query = new HashMap<String, String>();
        if (exchange.getRequestURI().getQuery() != null) {
            for (String parameter : exchange.getRequestURI().getQuery().split("&")) {
                query.put(parameter.split("=")[0], parameter.split("=")[1]);
            }
        }
        Answer answer = get(exchange.getRequestURI().getPath().substring(1), query);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private Answer get(String path, Map<String, String> query) {
        try {
            return delivery.answer(STREAM, path, query, false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] body(String path) {
        Answer answer = get(path, Map.of());
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.body();
    }

    private String text(String path) {
        return new String(body(path), StandardCharsets.UTF_8);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
