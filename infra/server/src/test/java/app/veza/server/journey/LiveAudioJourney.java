package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What journeys of live audio share: a running node whose storage may be away, broadcasters, and what players fetch. */
abstract class LiveAudioJourney {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final int BYTES_A_SECOND = 96_000;
    static final int SECOND = 48_000;

    @TempDir
    static Path directory;

    static Product product;

    static StoreGate storage;

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

    static Person person() {
        return SocketJourney.person(product);
    }

    static short[] samples(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** In a tenth of a second. */
    static int loudest(short[] samples, int from) {
        return IntStream.range(from, from + SECOND / 10)
                .map(i -> Math.abs(samples[i]))
                .max()
                .orElseThrow();
    }

    static String stream(Person owner, String visibility, boolean record) {
        Answer created = owner.client()
                .post("/api/streams", Map.of("title", "Harbour radio", "visibility", visibility, "record", record));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.text("streamId");
    }

    /** What the storage has of a stream, looked at behind the gate. */
    static List<String> files(String stream) {
        var config = ObjectStoreConfig.from(EmbeddedPlatform.shared().properties());
        try (ObjectStore bucket = ObjectStore.open(config)) {
            return bucket.keys("live/" + stream + "/").toList();
        }
    }

    static void end(Person broadcaster, String stream) {
        Answer ended = broadcaster.client().post("/api/streams/" + stream + "/stop", Map.of());
        assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
    }

    static String state(Person person, String stream) {
        return person.client().get("/api/streams/" + stream).text("state");
    }

    static String address(Product node, String stream) {
        return "ws://" + node.gateway() + "/live/" + stream;
    }

    static String url(Product node, String stream, String path) {
        return node.anonymous().base() + "/live/" + stream + "/" + path;
    }

    static HttpResponse<String> fetch(Product node, String stream, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(url(node, stream, path))).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    static int status(Product node, String stream, String path) {
        return fetch(node, stream, path).statusCode();
    }

    static String text(Product node, String stream, String path) {
        HttpResponse<String> answer = fetch(node, stream, path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }
}
