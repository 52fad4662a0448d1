package app.veza.audio.live;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.audio.FolderStore;
import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.SegmentName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredStreamTest {

    @TempDir
    Path directory;

    /** As while Redis is away, and nobody knows that another has the stream. */
    @Test
    void ofTwoNodesThatWentOnFromTheSamePlaceTheLaterOneHasTheAudio() {
        var stream = new StoredStream(FolderStore.in(directory), "01a2");
        var begun = new SegmentName(0, 1_000, 96_000);
        var silence = new SegmentName(1, 1_000, 96_000);
        var audio = new SegmentName(1, 2_000, 96_000);
        var further = new SegmentName(2, 2_000, 96_000);
        for (SegmentName segment : List.of(further, audio, silence, begun)) {
            stream.store()
                    .put(
                            stream.key(Rendition.ladder().getLast(), segment.file()),
                            new byte[1],
                            StoredStream.SEGMENT_TYPE);
        }
        assertThat(stream.segments()).containsExactly(begun, audio, further);
    }
}
