package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.audio.live.Broadcast;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import app.veza.audio.opus.OggWriter;
import app.veza.audio.opus.OpusHead;
import app.veza.audio.opus.OpusPacket;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broadcasters who send more than can sound, or what is no audio inside of what says that it is. */
class GreedyBroadcasterTest extends LiveAudioFixture {

    /** SILK of 60 ms in one frame, of which nothing was sent. */
    private static final OpusPacket NOTHING_FOR_60_MS = new OpusPacket(new byte[] {(byte) 0x18}, 60 * 48);

    private static byte[] ogg(List<OpusPacket> packets) {
        var ogg = new OggWriter();
        var out = new ByteArrayOutputStream();
        out.writeBytes(ogg.begin(new OpusHead(1, 0, 0)));
        out.writeBytes(ogg.pages(packets));
        return out.toByteArray();
    }

    @Test
    void whatSoundsForAnHourIsNotEncodedBeforeItsTime() throws Exception {
        Broadcast broadcast = audio.connect(STREAM, false, told, told);
        byte[] hour = ogg(Collections.nCopies(60_000, NOTHING_FOR_60_MS));
        assertThat(hour).hasSizeLessThan(256 * 1024);
        long began = System.nanoTime();
        broadcast.take(hour);
        assertThat(told.connection()).containsExactly("paused");
        long ahead = patient().lead().toSeconds();
        await().atMost(PATIENCE)
                .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= ahead / 2 - 2);

        await().during(Duration.ofSeconds(4)).atMost(PATIENCE).until(() -> {
            double due = ahead + (System.nanoTime() - began) / 1e9;
            return audio.edge(STREAM).orElseThrow().now().open() * 2.048 < due + 4;
        });
        // What is hours ahead is not waited for
        stop();
        assertThat(told.events()).containsExactly("live audio/ogg");
    }

    @Test
    void whatIsNoAudioInsideIsRefusedAsSuch() {
        LiveSettings usual = patient();
        audio.close();
        audio = new LiveAudio(
                Tools.SANDBOX,
                store,
                new LiveSettings(
                        usual.grace(),
                        usual.late(),
                        usual.stall(),
                        usual.hang(),
                        Duration.ofSeconds(3),
                        usual.window(),
                        usual.lead(),
                        3));
        var random = new Random(7);
        List<OpusPacket> noise = Collections.nCopies(200, 0).stream()
                .map(none -> {
                    byte[] bytes = new byte[120];
                    random.nextBytes(bytes);
                    // Two frames of which the first says to be longer than both
                    bytes[0] = (byte) 0xFA;
                    bytes[1] = (byte) 0xFB;
                    return new OpusPacket(bytes, 2 * 960);
                })
                .toList();
        audio.connect(STREAM, false, told, told).take(ogg(noise));

        await().atMost(PATIENCE).until(() -> told.connection().contains("closed UNDECODABLE"));
        assertThat(told.events()).isEmpty();
    }

    @Test
    void anEncoderHasLittleToDoHarmWith() throws Exception {
        send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 3));
        await().atMost(PATIENCE).until(() -> told.events().contains("live audio/webm"));
        Path process = Path.of(
                "/proc", Long.toString(audio.stream(STREAM).orElseThrow().encoderPid()));

        assertThat(Files.readString(process.resolve("limits")))
                .containsPattern("Max address space +536870912 ")
                .containsPattern("Max cpu time +43200 ")
                .containsPattern("Max file size +0 ")
                .containsPattern("Max open files +64 ")
                .containsPattern("Max core file size +0 ");
        assertThat(Files.readString(process.resolve("status"))).containsPattern("NoNewPrivs:\\s+1");
        assertThat(Files.readString(process.resolve("environ")).split("\0"))
                .allMatch(variable -> variable.matches("(PATH|LD_LIBRARY_PATH|MALLOC_ARENA_MAX)=.*"));
    }
}
