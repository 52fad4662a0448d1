package app.veza.command.streaming.watchstream;

import java.util.UUID;

/** See what becomes of a stream from now on. */
record WatchStream(UUID streamId, UUID personId) {}
