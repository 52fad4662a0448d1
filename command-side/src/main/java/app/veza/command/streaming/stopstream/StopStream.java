package app.veza.command.streaming.stopstream;

import java.util.UUID;

/** End a live stream for good. */
public record StopStream(UUID streamId, UUID by) {}
