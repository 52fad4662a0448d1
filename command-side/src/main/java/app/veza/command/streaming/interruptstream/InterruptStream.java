package app.veza.command.streaming.interruptstream;

import java.util.UUID;

/**
 * The broadcaster of a stream is cut off.
 *
 * @param upTo position up to which this is known of: who went live or came back after it is not cut off by it
 */
public record InterruptStream(UUID streamId, long upTo) {}
