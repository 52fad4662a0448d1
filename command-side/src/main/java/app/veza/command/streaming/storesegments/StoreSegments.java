package app.veza.command.streaming.storesegments;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Segments of a stream, following each other, are in object storage.
 *
 * @param firstSegment number of the first of them, from 0 over the whole stream
 * @param durationMillis of all of them together
 * @param bytes of all renditions together
 * @param loudness integrated over them, in LUFS; null in silence
 * @param silentMillis of which nothing was to be heard
 */
public record StoreSegments(
        UUID streamId,
        int firstSegment,
        int segments,
        int durationMillis,
        long bytes,
        @Nullable Double loudness,
        int silentMillis) {

    public StoreSegments {
        if (firstSegment < 0 || segments < 1 || durationMillis < 0 || bytes < 0 || silentMillis < 0) {
            throw new IllegalArgumentException(
                    "Segments are numbered from 0, at least one, and have no negative duration, size or silence");
        }
    }

    /** Number of the segment that comes after them. */
    int next() {
        return firstSegment + segments;
    }
}
