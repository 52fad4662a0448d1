package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.live.Broadcast;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoders that die, hang or cannot begin: listeners notice no more than a discontinuity. */
class EncoderTroubleTest extends LiveAudioFixture {

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
}
