package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import app.veza.audio.live.Broadcast;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import app.veza.audio.live.StoredBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream from a broadcaster's bytes to what others' tools hear of it. */
class LiveAudioTest extends LiveAudioFixture {

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
    void whoIsConnectedAgainIsWaitedForLongerThanWhoIsNot() throws Exception {
        LiveSettings usual = patient();
        var grace = Duration.ofSeconds(10);
        audio.close();
        audio = new LiveAudio(
                Tools.SANDBOX,
                store,
                new LiveSettings(
                        grace,
                        usual.late(),
                        usual.stall(),
                        usual.hang(),
                        usual.start(),
                        usual.window(),
                        usual.lead(),
                        3));
        Broadcast first = audio.connect(STREAM, false, told, told);
        send(first, Tools.tone(folder, "webm", 440, 3));
        await().atMost(PATIENCE).until(() -> told.events().contains("live audio/webm"));
        first.closed();
        await().atMost(PATIENCE).until(() -> told.events().contains("interrupted"));
        long lost = System.nanoTime();
        audio.connect(STREAM, true, told, told);

        await().atMost(PATIENCE).until(() -> told.events().contains("grace over"));

        // Connections are no audio: silence goes on for them, but not for ever
        assertThat(Duration.ofNanos(System.nanoTime() - lost))
                .isGreaterThan(grace.multipliedBy(2).minusMillis(500));
        assertThat(told.events()).containsExactly("live audio/webm", "interrupted", "grace over");
    }

    @Test
    void silenceIsMeasured() throws Exception {
        Path quiet = folder.resolve("quiet.ogg");
        Tools.run(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "anullsrc=r=48000:cl=mono",
                "-t",
                "6",
                "-c:a",
                "libopus",
                quiet.toString());
        send(audio.connect(STREAM, false, told, told), Tools.bytes(quiet));
        await().atMost(PATIENCE).until(() -> told.events().contains("live audio/ogg"));

        stop();

        assertThat(told.batches().stream().mapToInt(StoredBatch::silentMillis).sum())
                .isBetween(5_000, 6_200);
        assertThat(told.batches())
                .allSatisfy(batch -> assertThat(batch.loudness()).isNull());
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

    private static int loudest(short[] samples, int from, int length) {
        int loudest = 0;
        for (int i = from; i < from + length; i++) {
            loudest = Math.max(loudest, Math.abs(samples[i]));
        }
        return loudest;
    }
}
