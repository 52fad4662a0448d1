package app.veza.command.streaming.golive;

import java.util.UUID;

/**
 * The first audio of a stream arrived.
 *
 * @param personId who sends it
 * @param contentType of what they send, such as {@code audio/webm}
 */
public record GoLive(UUID streamId, UUID personId, String contentType) {}
