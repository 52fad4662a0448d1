package app.veza.command.identity.endsession;

import java.util.UUID;

/** End a session, at the wish of its person or of an admin. */
record EndSession(UUID sessionId, UUID endedBy) {}
