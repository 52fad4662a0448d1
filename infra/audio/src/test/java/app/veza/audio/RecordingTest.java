package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import app.veza.audio.live.Recording;
import app.veza.audio.live.StoredStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that has ended, as one file. */
class RecordingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STREAM = "0197-stream";

    @TempDir
    Path folder;

    @Test
    void allTakesBecomeOneFileWithTitleAndWaveform() throws Exception {
        FolderStore store = FolderStore.in(folder);
        var stored = new StoredStream(store, STREAM);
        LiveSettings usual = LiveSettings.defaults();
        var settings = new LiveSettings(
                usual.grace(),
                PATIENCE,
                PATIENCE,
                PATIENCE,
                PATIENCE,
                usual.window(),
                Duration.ofMinutes(5),
                usual.batch());
        Listener told = Listener.fresh();
        try (LiveAudio audio = new LiveAudio(Tools.SANDBOX, store, settings)) {
            LiveAudioFixture.send(audio.connect(STREAM, false, told, told), Tools.tone(folder, "webm", 440, 6));
            await().atMost(PATIENCE)
                    .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 2);
            LiveAudioFixture.send(audio.connect(STREAM, true, told, told), Tools.tone(folder, "ogg", 1000, 6));
            await().atMost(PATIENCE)
                    .until(() -> audio.edge(STREAM).orElseThrow().now().open() >= 5);
            audio.stop(STREAM).get(60, TimeUnit.SECONDS);
        }

        Recording made =
                Recording.make(Tools.SANDBOX, stored, "Über den Hafen; -y /etc").orElseThrow();

        String file = folder.resolve(stored.key(Recording.FILE)).toString();
        assertThat(made.durationMillis()).isBetween(11_800L, 12_300L);
        assertThat(made.bytes()).isEqualTo(Path.of(file).toFile().length());
        assertThat((double) Tools.decode(file).length / 48_000).isCloseTo(12, within(0.3));
        assertThat(new String(
                        Tools.run("ffprobe", "-v", "error", "-show_entries", "format_tags=title", file)
                                .out(),
                        StandardCharsets.UTF_8))
                .contains("TAG:title=Über den Hafen; -y /etc");
        String peaks = new String(Tools.bytes(folder.resolve(stored.key(Recording.PEAKS))), StandardCharsets.UTF_8);
        assertThat(peaks)
                .startsWith("{\"version\":2,\"channels\":1,\"sample_rate\":8000,")
                .endsWith("]}");

        stored.delete();
        assertThat(store.keys("live/")).isEmpty();
        assertThat(Recording.make(Tools.SANDBOX, stored, "Nothing")).isEmpty();
    }
}
