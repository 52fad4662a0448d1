package app.veza.command.streaming.inviteguest;

import java.util.UUID;

/** Let a person find and hear a private stream. */
record InviteGuest(UUID streamId, UUID personId, UUID by) {}
