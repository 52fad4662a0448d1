package app.veza.command.streaming.deleterecording;

import java.util.UUID;

/** Take the recording of a stream away, also one that is still being made. */
public record DeleteRecording(UUID streamId, UUID by) {}
