package app.veza.audio.hls;

/** Measures of what is delivered: AAC-LC at 48 kHz. */
public final class Frames {

    public static final int SAMPLE_RATE = 48_000;
    public static final int SAMPLES = 1_024;
    public static final int PER_PART = 24;
    static final int PARTS_PER_SEGMENT = 4;
    public static final int PART_SAMPLES = SAMPLES * PER_PART;
    public static final int SEGMENT_SAMPLES = PART_SAMPLES * PARTS_PER_SEGMENT;

    private Frames() {}

    public static long millis(long samples) {
        return samples * 1_000 / SAMPLE_RATE;
    }

    /** As playlists write durations. */
    static String seconds(long samples) {
        return String.format(java.util.Locale.ROOT, "%.5f", (double) samples / SAMPLE_RATE);
    }
}
