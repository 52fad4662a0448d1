package app.veza.audio.live;

import org.jspecify.annotations.Nullable;

/**
 * Segments that are in the storage, several in one message so that a stream costs its listeners little.
 *
 * @param firstSegment number of the first of them
 * @param bytes of all renditions together
 * @param loudness integrated over them (EBU R128), in LUFS; null in silence
 * @param silentMillis of which nothing was to be heard
 */
public record StoredBatch(
        int firstSegment,
        int segments,
        int durationMillis,
        long bytes,
        @Nullable Double loudness,
        int silentMillis) {}
