package app.veza.audio.live;

import app.veza.audio.hls.Frames;
import app.veza.audio.hls.HeldSegment;
import java.util.function.Consumer;

/** Counts stored segments until they are worth a message. Used by one thread. */
final class Batches {

    private final int size;
    private final Loudness loudness;
    private final Consumer<StoredBatch> told;
    private long first;
    private int segments;
    private long samples;
    private long bytes;

    Batches(int size, Loudness loudness, Consumer<StoredBatch> told) {
        this.size = size;
        this.loudness = loudness;
        this.told = told;
    }

    void add(HeldSegment segment) {
        if (segments > 0 && segment.name().number() != first + segments) {
            flush();
        }
        if (segments == 0) {
            first = segment.name().number();
        }
        segments++;
        samples += segment.name().samples();
        bytes += segment.bytes();
        if (segments == size) {
            flush();
        }
    }

    void flush() {
        if (segments == 0) {
            return;
        }
        Loudness.Measured measured = loudness.drain();
        int millis = (int) Frames.millis(samples);
        told.accept(new StoredBatch(
                (int) first,
                segments,
                millis,
                bytes,
                measured.lufs().isPresent() ? measured.lufs().getAsDouble() : null,
                // Measured up to the encoder's end, which is ahead of what is stored
                Math.min(millis, measured.silentMillis())));
        segments = 0;
        samples = 0;
        bytes = 0;
    }
}
