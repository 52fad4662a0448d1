package app.veza.command.streaming.markrecordingready;

import java.util.UUID;

/**
 * The recording of an ended stream is in object storage, whole.
 *
 * @param bytes of the one file
 */
public record MarkRecordingReady(UUID streamId, long durationMillis, long bytes) {}
