package app.veza.command.chat.slowmode;

import java.util.UUID;

/**
 * Make members wait between two messages.
 *
 * @param seconds 0 for no more
 */
record SetSlowMode(UUID roomId, UUID by, int seconds) {}
