package app.veza.command.streaming.endabandoned;

import java.util.UUID;

/**
 * The broadcaster of an interrupted stream did not come back in time.
 *
 * @param upTo position up to which this is known of: an interruption after it is another one, with time of its own
 */
public record EndAbandoned(UUID streamId, long upTo) {}
