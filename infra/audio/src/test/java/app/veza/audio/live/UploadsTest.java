package app.veza.audio.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.audio.FolderStore;
import app.veza.audio.Tools;
import app.veza.audio.hls.Frames;
import app.veza.audio.hls.HeldSegment;
import app.veza.audio.hls.LiveEdge;
import app.veza.audio.hls.Playlists;
import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.Slice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of segments that were too many for a storage that was away. */
class UploadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ALL = 128L << 20;
    private static final int RENDITIONS = Rendition.ladder().size();

    @TempDir
    Path folder;

    @Test
    void whatCouldNotBeStoredIsAGapInEveryPlaylistThatHasIt() throws Exception {
        var stored = new StoredStream(FolderStore.in(folder), "0197-stream");
        var backlog = new Backlog();
        var edge = new LiveEdge(List.of(), 300);
        var uploads = new Uploads(stored, backlog, () -> {}, edge, new Batches(100, new Loudness(), told -> {}));
        List<byte[]> initializations = Collections.nCopies(RENDITIONS, new byte[8]);
        uploads.initialization(edge.begin(1_000_000, initializations).take(), initializations);
        uploads.segment(segment(edge));
        await().atMost(PATIENCE).until(() -> backlog.enter(ALL - 1));
        uploads.segment(segment(edge));
        assertThat(live(edge)).as("while it is in memory").doesNotContain("#EXT-X-GAP");
        backlog.leave(ALL - 1);
        uploads.segment(segment(edge));
        uploads.handOver().get(60, TimeUnit.SECONDS);
        assertThat(new String(Tools.bytes(folder.resolve(stored.key("64k/index.m3u8"))), StandardCharsets.UTF_8))
                .containsSubsequence("00000000-", "#EXT-X-GAP\n", "00000001-", "00000002-");

        for (int i = 0; i < 8; i++) {
            segment(edge);
        }
        assertThat(live(edge)).containsSubsequence("00000000-", "#EXT-X-GAP\n", "00000001-", "00000002-");
        assertThat(live(edge).split("#EXT-X-GAP", -1)).hasSize(2);
        assertThat(new String(Playlists.ended(stored.segments()), StandardCharsets.UTF_8))
                .containsSubsequence("00000000-", "#EXT-X-GAP\n", "00000001-", "00000002-", "#EXT-X-ENDLIST");
    }

    private static HeldSegment segment(LiveEdge edge) {
        var frames = Collections.nCopies(Frames.PER_PART, new byte[100]);
        Optional<HeldSegment> whole = Optional.empty();
        while (whole.isEmpty()) {
            whole = edge.append(new Slice(Collections.nCopies(RENDITIONS, frames)));
        }
        return whole.get();
    }

    private static String live(LiveEdge edge) {
        return new String(edge.playlist(edge.now(), 0, false, false), StandardCharsets.UTF_8);
    }
}
