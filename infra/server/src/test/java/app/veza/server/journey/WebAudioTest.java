package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** From the microphone of one browser to the ear of another, over the whole product. */
class WebAudioTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int HERTZ = 1_000;
    private static final int SAMPLES_A_SECOND = 48_000;

    /**
     * An ear beside an audio element: {@code window.heard()} is the loudest frequency in hertz, 0 when it is silent, {@code window.at()} where
     * it is, in seconds.
     */
    private static final String EAR = """
            const done = arguments[0];
            const app = document.querySelector('script[type=module]').src;
            const ear = (audio) => {
              const context = new AudioContext();
              const analyser = context.createAnalyser();
              analyser.fftSize = 8192;
              analyser.smoothingTimeConstant = 0;
              context.createMediaElementSource(audio).connect(analyser);
              const bins = new Float32Array(analyser.frequencyBinCount);
              window.at = () => audio.currentTime;
              window.heard = () => {
                analyser.getFloatFrequencyData(bins);
                const loudest = bins.reduce((best, level, at) => level > bins[best] ? at : best, 0);
                return bins[loudest] < -60 ? 0 : loudest * context.sampleRate / analyser.fftSize;
              };
              done(true);
            };""";

    private static final String AT_THE_PLAYER = EAR + """
            import(app.replace('main.js', 'live/player.js')).then(({ audio }) => ear(audio));""";

    /** In place of the page's player one that knows whole segments only. */
    private static final String AT_A_PLAIN_PLAYER = EAR + """
            import(app.replace('app/main.js', 'vendor/hls/hls.light.min.js')).then(({ default: Hls }) => {
              const audio = new Audio();
              const hls = new Hls({ lowLatencyMode: false, enableWorker: false });
              hls.loadSource(`/live/${/[0-9a-f-]{36}/.exec(location.href)[0]}/master.m3u8`);
              hls.attachMedia(audio);
              audio.play();
              ear(audio);
            });""";

    /** In place of the microphone a tone whose pitch {@code window.change()} raises from 600 to 1,800 Hz: it answers when. */
    private static final String INSTRUMENT = """
            navigator.mediaDevices.getUserMedia = async () => {
              const context = new AudioContext();
              const tone = new OscillatorNode(context, { frequency: 600 });
              const sound = new MediaStreamAudioDestinationNode(context);
              tone.connect(sound);
              tone.start();
              window.change = () => {
                tone.frequency.value = 1800;
                return Date.now();
              };
              return sound.stream;
            };""";

    private static final String WHEN_HIGHER = """
            const done = arguments[0];
            const look = setInterval(() => {
              if (heard() < 1700) return;
              clearInterval(look);
              done(Date.now());
            }, 10);""";

    @TempDir
    Path directory;

    private Product product;
    private Browser broadcaster;
    private Browser listener;

    @BeforeEach
    void start() throws IOException {
        product = Product.forBrowsers(directory);
        String url = product.anonymous().base() + "/";
        broadcaster = Browser.open(
                directory.resolve("broadcaster"),
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-audio-capture=" + tone(directory.resolve("tone.wav")),
                "--autoplay-policy=no-user-gesture-required");
        listener = Browser.open(directory.resolve("listener"), "--autoplay-policy=no-user-gesture-required");
        listener.becomePhone();
        broadcaster.register(url, "anna", "Anna M");
        listener.register(url, "ben", "Ben O");
        broadcaster.go(url + "#/live");
        broadcaster.click("Go live");
        broadcaster.fill("Title", "Harbour radio");
        broadcaster.click("Create");
    }

    @AfterEach
    void stop() {
        broadcaster.close();
        listener.close();
        product.close();
    }

    @Test
    void whatIsHeardIsTheToneThatWasSent() {
        listen(AT_THE_PLAYER);
        await("the tone is heard")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard()).isCloseTo(HERTZ, within(15.0)));

        anEncoderDiesAndTheToneGoesOn();
        broadcaster.see("[data-fact=listeners]", "1 listener");
        broadcaster.type(By.cssSelector("[aria-label='Now playing']"), "A steady tone");
        broadcaster.click("Tell");
        listener.see(".facts", "A steady tone");
        assertThat(((Number) broadcaster.run("return document.querySelector('[role=meter]').ariaValueNow * 1"))
                        .intValue())
                .as("the level that the broadcaster sees")
                .isGreaterThan(30);
        assertThat(broadcaster.nameless()).isEmpty();
        assertThat(listener.nameless()).isEmpty();

        broadcaster.click("End the broadcast");
        broadcaster.click("End for everybody");
        broadcaster.see("It is over");
        listener.click("Play the recording");
        listener.see("Playing the recording");
        await("the tone is heard again")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard()).isCloseTo(HERTZ, within(15.0)));
        assertThat(broadcaster.complaints()).isEmpty();
    }

    /** Over the discontinuity that it leaves. */
    private void anEncoderDiesAndTheToneGoesOn() {
        LiveStream stream = product.part(LiveAudio.class).stream(
                        product.part(LiveAudio.class).streamIds().getFirst())
                .orElseThrow();
        long dead = stream.encoderPid();
        ProcessHandle.of(dead).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> stream.encoderPid() != 0 && stream.encoderPid() != dead);
        await().atMost(PATIENCE)
                .until(() -> new String(
                                stream.edge().playlist(stream.edge().now(), 0, false, false), StandardCharsets.UTF_8)
                        .contains("#EXT-X-DISCONTINUITY\n"));
        // What plays now is behind by some seconds at most
        double before = at();
        await("the tone is heard behind it")
                .atMost(PATIENCE)
                .until(() -> at() > before + 10 && Math.abs(heard() - HERTZ) < 15);
    }

    private double at() {
        return ((Number) listener.run("return at()")).doubleValue();
    }

    /** Figures more than tests: they need a machine that does little else. */
    @Test
    @Tag("soak")
    void whatIsSaidIsHeardSoon() {
        assertThat(delay("LL-HLS", AT_THE_PLAYER)).isBetween(0L, 3_000L);
    }

    @Test
    @Tag("soak")
    void whosePlayerKnowsWholeSegmentsOnlyHearsItInTenSeconds() {
        assertThat(delay("plain HLS", AT_A_PLAIN_PLAYER)).isBetween(2_000L, 10_000L);
    }

    /** In milliseconds. */
    private long delay(String how, String ear) {
        broadcaster.run(INSTRUMENT);
        listen(ear);
        await("the low tone is heard")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard()).isCloseTo(600, within(15.0)));

        long said = ((Number) broadcaster.run("return change()")).longValue();
        long heard = ((Number) listener.later(WHEN_HIGHER)).longValue();

        System.out.printf("From microphone to ear by %s: %d ms%n", how, heard - said);
        return heard - said;
    }

    private void listen(String ear) {
        broadcaster.click("Start broadcasting");
        broadcaster.see("You are on the air");
        listener.go(String.valueOf(broadcaster.run("return location.href")));
        listener.click("Listen");
        listener.see("You are listening live");
        listener.later(ear);
    }

    private double heard() {
        return ((Number) listener.run("return heard()")).doubleValue();
    }

    /** Ten seconds, which the browser repeats. */
    private static Path tone(Path file) throws IOException {
        var samples = ByteBuffer.allocate(2 * 10 * SAMPLES_A_SECOND).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; samples.hasRemaining(); i++) {
            samples.putShort((short) (12_000 * Math.sin(2 * Math.PI * HERTZ * i / SAMPLES_A_SECOND)));
        }
        var format = new AudioFormat(SAMPLES_A_SECOND, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples.array()), format, samples.capacity() / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }
}
