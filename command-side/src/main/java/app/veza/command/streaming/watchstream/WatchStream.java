package app.veza.command.streaming.watchstream;

import java.util.UUID;

/**
 * See what becomes of a stream from now on.
 *
 * @param listens whether it is to be heard too
 */
record WatchStream(UUID streamId, UUID personId, boolean listens) {}
