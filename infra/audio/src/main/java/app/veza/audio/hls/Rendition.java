package app.veza.audio.hls;

import java.util.List;

/**
 * One of the qualities that a listener's player chooses from.
 *
 * @param name part of its addresses
 */
public record Rendition(String name, int bitsPerSecond) {

    /** AAC-LC. */
    public static final String CODECS = "mp4a.40.2";

    /** The best first: that is where players begin. */
    public static List<Rendition> ladder() {
        return List.of(new Rendition("128k", 128_000), new Rendition("64k", 64_000));
    }
}
