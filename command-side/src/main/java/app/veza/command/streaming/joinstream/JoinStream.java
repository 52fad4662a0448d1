package app.veza.command.streaming.joinstream;

import java.util.UUID;

/**
 * Begin to listen to a stream.
 *
 * @param listeningId new: this one time
 */
public record JoinStream(UUID streamId, UUID personId, UUID listeningId) {}
