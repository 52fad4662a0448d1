package app.veza.command.streaming.admitbroadcaster;

import java.util.UUID;

/** Send audio to a stream from now on. */
record AdmitBroadcaster(UUID streamId, UUID personId) {}
