package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.live.Broadcast;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import app.veza.audio.live.StoredBatch;
import app.veza.audio.live.StoredStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream from a broadcaster's bytes to what others' tools hear of it. */
class LiveAudioTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STREAM = "0197-stream";
    private static final int SECOND = 48_000;

    @TempDir
    Path folder;

    private final Listener told = Listener.fresh();
    private FolderStore store;
    private LiveAudio audio;

    @BeforeEach
    void open() {
        store = FolderStore.in(folder);
        audio = new LiveAudio(Tools.SANDBOX, store, patient());
    }

    @AfterEach
    void close() {
        audio.close();
    }

    /** Nothing is replaced because a machine is busy. */
    private static LiveSettings patient() {
        LiveSettings usual = LiveSettings.defaults();
        return new LiveSettings(
                Duration.ofMinutes(2),
                PATIENCE,
                Duration.ofMinutes(2),
                PATIENCE,
                PATIENCE,
                usual.window(),
                usual.lead(),
                3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webm", "ogg"})
    void aToneComesOutAsThatToneInEveryRendition(String container) throws Exception {
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        send(broadcast, Tools.tone(folder, container, 440, 10));
        await().atMost(PATIENCE).until(() -> told.events().contains("live audio/" + container));

        stop();

        assertThat(told.events()).containsExactly("live audio/" + container);
        for (String rendition : new String[] {"128k", "64k"}) {
            short[] heard = Tools.decode(file(rendition + "/index.m3u8"));
            assertThat((double) heard.length / SECOND).isCloseTo(10, within(0.1));
            assertThat(Tools.purity(heard, SECOND, 8 * SECOND, 440)).isGreaterThan(0.98);
        }
        assertThat(Tools.decode(file("master.m3u8")).length).isGreaterThan(9 * SECOND);
        assertThat(told.batches().stream().mapToInt(StoredBatch::durationMillis).sum())
                .isCloseTo(10_000, within(100));
        assertThat(told.batches().getFirst().loudness()).isCloseTo(-18, within(6.0));
        assertThat(told.batches().stream().mapToInt(StoredBatch::silentMillis).sum())
                .isLessThan(1_000);
    }

    @Test
    void whoComesBackGoesOnBehindASilenceAndADiscontinuity() throws Exception {
        Broadcast first = audio.connect(STREAM, false, told, told);
        send(first, Tools.tone(folder, "webm", 440, 3));
        await().atMost(PATIENCE).until(() -> told.events().contains("live audio/webm"));
        first.closed();
        await().atMost(PATIENCE).until(() -> told.events().contains("interrupted"));
        // The three seconds are over, and something of the silence can be heard
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 3);
        send(audio.connect(STREAM, true, told, told), Tools.tone(folder, "ogg", 1000, 3));
        await().atMost(PATIENCE).until(() -> told.events().contains("resumed"));

        stop();

        assertThat(told.events()).containsExactly("live audio/webm", "interrupted", "resumed");
        String playlist =
                new String(Tools.bytes(folder.resolve("live/" + STREAM + "/64k/index.m3u8")), StandardCharsets.UTF_8);
        assertThat(playlist.split("#EXT-X-DISCONTINUITY\n", -1)).hasSize(2);
        short[] heard = Tools.decode(file("128k/index.m3u8"));
        assertThat(Tools.purity(heard, SECOND, SECOND, 440)).isGreaterThan(0.98);
        assertThat(Tools.purity(heard, heard.length - 2 * SECOND, SECOND, 1000)).isGreaterThan(0.98);
        assertThat(loudest(heard, heard.length - 3 * SECOND - SECOND / 2 - SECOND / 10, SECOND / 10))
                .isLessThan(50);
    }

    @Test
    void whoGoesBeforeAnythingWasHeardIsHeardYet() {
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        send(broadcast, Tools.tone(folder, "webm", 440, 1));
        broadcast.closed();

        await().atMost(PATIENCE).until(() -> told.events().size() >= 2);
        assertThat(told.events()).containsExactly("live audio/webm", "interrupted");
    }

    @Test
    void anEncoderThatIsKilledIsReplacedAndNothingOfTheToneIsLost() throws Exception {
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        byte[] tone = Tools.tone(folder, "webm", 440, 12);
        send(broadcast, Arrays.copyOf(tone, tone.length / 2));
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 1);
        ProcessHandle.of(audio.stream(STREAM).orElseThrow().encoderPid())
                .orElseThrow()
                .destroyForcibly();
        send(broadcast, Arrays.copyOfRange(tone, tone.length / 2, tone.length));

        stop();

        short[] heard = Tools.decode(file("64k/index.m3u8"));
        assertThat((double) heard.length / SECOND).isCloseTo(12, within(0.25));
        assertThat(told.events()).containsExactly("live audio/webm");
        assertThat(told.connection()).doesNotContain("closed UNDECODABLE");
    }

    @Test
    void anEncoderThatCannotBeStartedIsStartedLaterAndNothingOfTheToneIsLost() throws Exception {
        var failures = new AtomicInteger(3);
        audio.close();
        audio = new LiveAudio(Tools.sandbox(failures), store, patient());
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        byte[] tone = Tools.tone(folder, "webm", 440, 12);
        send(broadcast, Arrays.copyOf(tone, tone.length / 2));
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 1);
        assertThat(failures).hasValue(0);
        failures.set(3);
        ProcessHandle.of(audio.stream(STREAM).orElseThrow().encoderPid())
                .orElseThrow()
                .destroyForcibly();
        await().atMost(PATIENCE).until(() -> failures.get() == 0);
        send(broadcast, Arrays.copyOfRange(tone, tone.length / 2, tone.length));

        stop();

        assertThat((double) Tools.decode(file("64k/index.m3u8")).length / SECOND)
                .isCloseTo(12, within(0.25));
        assertThat(told.events()).containsExactly("live audio/webm");
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 127, 244, 245})
    void anEncoderThatHasNoRoomToBeginIsStartedLaterAndTheAudioIsNotBlamed(int code) throws Exception {
        audio.close();
        audio = new LiveAudio(Tools.sandbox(new AtomicInteger(3), code), store, patient());
        send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 4));
        await().atMost(PATIENCE).until(() -> told.events().contains("live audio/webm"));

        stop();

        assertThat((double) Tools.decode(file("64k/index.m3u8")).length / SECOND)
                .isCloseTo(4, within(0.1));
        assertThat(told.connection()).doesNotContain("closed UNDECODABLE", "closed UNAVAILABLE");
    }

    @Test
    void whereNoEncoderCanBeStartedBroadcastersAreSentAwayAndStreamsCanEnd() throws Exception {
        nobodyIsHeard(Tools.sandbox(new AtomicInteger(Integer.MAX_VALUE)));
    }

    @Test
    void whereNoEncoderHasRoomToBeginTheyAreToo() throws Exception {
        nobodyIsHeard(Tools.sandbox(new AtomicInteger(Integer.MAX_VALUE), 245));
    }

    private void nobodyIsHeard(Sandbox sandbox) throws Exception {
        LiveSettings usual = patient();
        audio.close();
        audio = new LiveAudio(
                sandbox,
                store,
                new LiveSettings(
                        usual.grace(),
                        usual.late(),
                        usual.stall(),
                        usual.hang(),
                        Duration.ofSeconds(1),
                        usual.window(),
                        usual.lead(),
                        3));
        send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 3));

        await().atMost(PATIENCE).until(() -> told.connection().contains("closed UNAVAILABLE"));
        stop();
        assertThat(told.events()).isEmpty();
    }

    private void restart(Duration late, Duration hang) {
        LiveSettings usual = patient();
        audio.close();
        audio = new LiveAudio(
                Tools.SANDBOX,
                store,
                new LiveSettings(
                        usual.grace(), late, usual.stall(), hang, usual.start(), usual.window(), usual.lead(), 3));
    }

    @Test
    void anEncoderThatHangsIsReplaced() throws Exception {
        restart(patient().late(), Duration.ofSeconds(3));
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        byte[] tone = Tools.tone(folder, "ogg", 440, 12);
        send(broadcast, Arrays.copyOf(tone, tone.length / 2));
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 1);
        long hanging = audio.stream(STREAM).orElseThrow().encoderPid();
        new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + hanging).start().waitFor();
        send(broadcast, Arrays.copyOfRange(tone, tone.length / 2, tone.length));
        await().atMost(PATIENCE).until(() -> {
            long now = audio.stream(STREAM).orElseThrow().encoderPid();
            return now != 0 && now != hanging;
        });

        stop();

        assertThat((double) Tools.decode(file("128k/index.m3u8")).length / SECOND)
                .isCloseTo(12, within(0.5));
        assertThat(ProcessHandle.of(hanging).filter(ProcessHandle::isAlive)).isEmpty();
    }

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

        var stored = new StoredStream(store, STREAM).segments();
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i).number()).isEqualTo(i);
        }
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
        var stored = new StoredStream(store, STREAM).segments();
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i).number()).isEqualTo(i);
        }
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

        var stored = new StoredStream(store, STREAM).segments();
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i).number()).isEqualTo(i);
        }
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
    void aSecondConnectionReplacesTheFirst() throws Exception {
        Listener former = Listener.fresh();
        send(audio.connect(STREAM, false, told, former), Tools.tone(folder, "webm", 440, 3));
        await().atMost(PATIENCE).until(() -> told.events().contains("live audio/webm"));
        Listener latter = Listener.fresh();
        send(audio.connect(STREAM, true, told, latter), Tools.tone(folder, "webm", 1000, 3));

        await().atMost(PATIENCE).until(() -> former.connection().contains("closed REPLACED"));
        stop();
        assertThat(told.events()).containsExactly("live audio/webm");
        assertThat(latter.connection()).containsExactly("closed ENDED");
    }

    @Test
    void audioThatIsLateIsSilenceUntilItComes() throws Exception {
        restart(Duration.ofSeconds(1), patient().hang());
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        byte[] tone = Tools.tone(folder, "webm", 440, 8);
        send(broadcast, Arrays.copyOf(tone, tone.length / 2));
        // Four seconds were sent, six are heard
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 3);
        send(broadcast, Arrays.copyOfRange(tone, tone.length / 2, tone.length));

        stop();

        assertThat(told.events()).containsExactly("live audio/webm");
        assertThat(told.connection()).containsExactly("closed ENDED");
        String playlist =
                new String(Tools.bytes(folder.resolve("live/" + STREAM + "/64k/index.m3u8")), StandardCharsets.UTF_8);
        assertThat(playlist).doesNotContain("#EXT-X-DISCONTINUITY\n");
        short[] heard = Tools.decode(file("128k/index.m3u8"));
        assertThat(Tools.purity(heard, SECOND, 2 * SECOND, 440)).isGreaterThan(0.98);
        assertThat(Tools.purity(heard, heard.length - 3 * SECOND, 2 * SECOND, 440))
                .isGreaterThan(0.98);
        assertThat(loudest(heard, 5 * SECOND, SECOND / 2)).isLessThan(50);
        assertThat((double) heard.length / SECOND).isGreaterThan(9.5);
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

    /** In pieces as a browser sends them, though all at once. */
    static void send(Broadcast broadcast, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += 3_000) {
            broadcast.take(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 3_000)));
        }
    }

    private void stop() throws Exception {
        audio.stop(STREAM).get(90, TimeUnit.SECONDS);
    }

    private String file(String path) {
        return folder.resolve("live/" + STREAM + "/" + path).toString();
    }

    private static int loudest(short[] samples, int from, int length) {
        int loudest = 0;
        for (int i = from; i < from + length; i++) {
            loudest = Math.max(loudest, Math.abs(samples[i]));
        }
        return loudest;
    }
}
