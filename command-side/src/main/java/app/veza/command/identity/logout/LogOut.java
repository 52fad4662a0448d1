package app.veza.command.identity.logout;

import java.util.UUID;

/** End a session at the wish of its person. */
record LogOut(UUID sessionId, UUID personId) {}
