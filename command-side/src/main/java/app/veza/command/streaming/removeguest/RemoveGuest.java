package app.veza.command.streaming.removeguest;

import java.util.UUID;

/** Let a person find and hear a private stream no longer. */
record RemoveGuest(UUID streamId, UUID personId, UUID by) {}
