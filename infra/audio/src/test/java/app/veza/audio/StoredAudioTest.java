package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import app.veza.audio.hls.SegmentName;
import app.veza.audio.live.Broadcast;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.StoredStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the storage has of a stream, whoever goes on with it, and however slow it is. */
class StoredAudioTest extends LiveAudioFixture {

    @Test
    void anotherNodeGoesOnWithWhatIsStored() throws Exception {
        send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 5));
        await().atMost(PATIENCE)
                .until(() -> new StoredStream(store, STREAM).segments().size() >= 2);
        // As if it were dead: it stores no more, and knows of nothing
        audio.handOver(STREAM).get(60, TimeUnit.SECONDS);
        Listener there = Listener.fresh();
        try (LiveAudio other = new LiveAudio(Tools.SANDBOX, store, patient())) {
            send(other.connect(STREAM, true, there, there), Tools.tone(folder, "webm", 1000, 5));
            await().atMost(PATIENCE).until(() -> there.events().contains("resumed"));
            other.stop(STREAM).get(60, TimeUnit.SECONDS);
        }

        numbersHaveNoGaps();
        short[] heard = Tools.decode(file("128k/index.m3u8"));
        assertThat(Tools.purity(heard, SECOND, SECOND, 440)).isGreaterThan(0.98);
        assertThat(Tools.purity(heard, heard.length - 2 * SECOND, SECOND, 1000)).isGreaterThan(0.98);
    }

    @Test
    void whatIsHandedOverIsHeldUntilAllOfItIsStored() throws Exception {
        send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 5));
        await().atMost(PATIENCE)
                .until(() -> new StoredStream(store, STREAM).segments().size() >= 1);
        store.away().set(true);
        CompletableFuture<Void> leaving = audio.handOver(STREAM);

        assertThat(audio.streamIds()).isEmpty();
        assertThat(audio.heldIds()).containsExactly(STREAM);
        CompletableFuture<Void> again = audio.handOver(STREAM);
        assertThat(again).isNotDone();
        assertThatThrownBy(() -> audio.connect(STREAM, true, told, told)).isInstanceOf(IllegalStateException.class);

        store.away().set(false);
        CompletableFuture.allOf(leaving, again).get(60, TimeUnit.SECONDS);
        assertThat(audio.heldIds()).isEmpty();
        send(audio.connect(STREAM, true, told, told), Tools.tone(folder, "webm", 1000, 5));
        await().atMost(PATIENCE).until(() -> told.events().contains("resumed"));
        stop();
        numbersHaveNoGaps();
    }

    @Test
    void whatADeadNodeStoredOfAStreamThatNobodyKnowsToBeLiveIsLeftOut() throws Exception {
        send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 5));
        await().atMost(PATIENCE)
                .until(() -> new StoredStream(store, STREAM).segments().size() >= 2);
        audio.handOver(STREAM).get(60, TimeUnit.SECONDS);
        Listener there = Listener.fresh();
        try (LiveAudio other = new LiveAudio(Tools.SANDBOX, store, patient())) {
            send(other.connect(STREAM, false, there, there), Tools.tone(folder, "webm", 1000, 5));
            await().atMost(PATIENCE).until(() -> there.events().contains("live audio/webm"));
            other.stop(STREAM).get(60, TimeUnit.SECONDS);
        }

        numbersHaveNoGaps();
        short[] heard = Tools.decode(file("128k/index.m3u8"));
        assertThat((double) heard.length / SECOND).isCloseTo(5, within(0.1));
        assertThat(Tools.purity(heard, SECOND, 3 * SECOND, 1000)).isGreaterThan(0.98);
    }

    @Test
    void aStorageThatIsSlowForOneStreamHoldsUpNoOther() throws Exception {
        // One bin of any hash table
        String slow = "stream-Aa";
        String other = "stream-BB";
        assertThat(slow.hashCode()).isEqualTo(other.hashCode());
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        store.before().set(key -> {
            if (key.contains(slow)) {
                asked.countDown();
                awaitUninterruptibly(answered);
            }
        });
        // On two processors the common pool is one thread
        Executor threads = connect -> Thread.ofPlatform().daemon().start(connect);
        var waiting = CompletableFuture.supplyAsync(() -> audio.connect(slow, true, told, told), threads);
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        CompletableFuture.supplyAsync(() -> audio.connect(other, false, told, told), threads)
                .get(60, TimeUnit.SECONDS);

        answered.countDown();
        waiting.get(60, TimeUnit.SECONDS);
        assertThat(audio.streamIds()).contains(slow, other);
    }

    @Test
    void theStoredPlaylistHasWhatIsStoredAndNothingElse() throws Exception {
        Path playlist = folder.resolve("live/" + STREAM + "/64k/index.m3u8");
        var missing = ConcurrentHashMap.<String>newKeySet();
        store.before().set(key -> {
            if (key.contains("/128k/0")) {
                // Before each segment: of a storage so slow that others wait already
                await().atMost(PATIENCE)
                        .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 3);
                listed(playlist).stream()
                        .filter(file -> !Files.exists(playlist.resolveSibling(file)))
                        .forEach(missing::add);
            }
        });
        send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 10));
        await().atMost(PATIENCE)
                .until(() -> new StoredStream(store, STREAM).segments().size() >= 3);

        stop();

        assertThat(missing).isEmpty();
        assertThat(listed(playlist)).hasSize(5);
    }

    private static List<String> listed(Path playlist) {
        return Files.exists(playlist)
                ? new String(Tools.bytes(playlist), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList()
                : List.of();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStorageThatIsAwayIsWaitedFor() throws Exception {
        store.away().set(true);
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        send(broadcast, Tools.tone(folder, "webm", 440, 6));
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 2);
        store.away().set(false);

        stop();

        assertThat((double) Tools.decode(file("128k/index.m3u8")).length / SECOND)
                .isCloseTo(6, within(0.1));
    }

    private void numbersHaveNoGaps() {
        List<SegmentName> stored = new StoredStream(store, STREAM).segments();
        assertThat(stored.stream().map(SegmentName::number))
                .containsExactlyElementsOf(
                        LongStream.range(0, stored.size()).boxed().toList());
    }
}
