package app.veza.audio;

import app.veza.audio.live.Broadcast;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.LiveSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Live audio over a folder: a stream's broadcaster, what is told of it, what is stored of it. */
abstract class LiveAudioFixture {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final String STREAM = "0197-stream";
    static final int SECOND = 48_000;

    @TempDir
    Path folder;

    final Listener told = Listener.fresh();
    FolderStore store;
    LiveAudio audio;

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
    static LiveSettings patient() {
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

    void restart(Duration late, Duration hang) {
        LiveSettings usual = patient();
        audio.close();
        audio = new LiveAudio(
                Tools.SANDBOX,
                store,
                new LiveSettings(
                        usual.grace(), late, usual.stall(), hang, usual.start(), usual.window(), usual.lead(), 3));
    }

    /** In pieces as a browser sends them, though all at once. */
    static void send(Broadcast broadcast, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += 3_000) {
            broadcast.take(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 3_000)));
        }
    }

    void stop() throws Exception {
        audio.stop(STREAM).get(90, TimeUnit.SECONDS);
    }

    String file(String path) {
        return folder.resolve("live/" + STREAM + "/" + path).toString();
    }
}
