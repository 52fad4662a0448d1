package app.veza.audio.hls;

import java.util.List;

/**
 * The same piece of time in every rendition.
 *
 * @param frames by rendition, as many in each
 */
public record Slice(List<List<byte[]>> frames) {

    int samples() {
        return frames.getFirst().size() * Frames.SAMPLES;
    }
}
