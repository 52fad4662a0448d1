package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.audio.hls.SegmentName;
import app.veza.audio.live.LiveAudio;
import app.veza.embedded.EmbeddedPlatform;
import app.veza.server.journey.SocketJourney.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that is heard at one node and goes on at another. */
class LiveNodesJourneyTest extends LiveAudioJourney {

    @TempDir
    static Path elsewhere;

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
            end(anna, stream);
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
                end(anna, stream);
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
                end(anna, stream);
            }
            await().atMost(PATIENCE)
                    .until(() -> text(second, stream, "128k/index.m3u8").contains("#EXT-X-ENDLIST"));
        }
        assertThat(numbers(stream)).doesNotHaveDuplicates();
        assertThat(Broadcaster.listen(url(product, stream, "128k/index.m3u8")).length)
                .isGreaterThan(11 * BYTES_A_SECOND);
    }

    /** It is said to the log until the very end: else others would have to find out, and meanwhile nobody could listen to it. */
    @Test
    void whatANodeHeardIsInTheLogWhenItHasStopped() {
        Person anna = person();
        String stream = stream(anna, "public", true);
        try (Product second = product.anotherNode(elsewhere);
                var there = new Broadcaster(address(second, stream), anna.token())) {
            there.send(Broadcaster.tone("webm", 440, 6));
            await().atMost(PATIENCE)
                    .until(() -> second.part(LiveAudio.class).edge(stream).isPresent());
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(noted(stream)).isNotEmpty().containsExactlyInAnyOrderElementsOf(numbers(stream)));
    }

    /** Of the segments that the log knows. */
    private static List<Long> noted(String stream) {
        return product.events("streaming.SegmentsStored", "stream:" + stream).stream()
                .map(event -> event.path("payload"))
                .flatMap(stored -> LongStream.range(0, stored.path("segments").asLong())
                        .mapToObj(i -> stored.path("firstSegment").asLong() + i))
                .toList();
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
}
