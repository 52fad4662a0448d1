package app.veza.command.chat.watchroom;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * See what happens in a room from now on, or show that one is about to say something in it.
 *
 * @param speaksAt when they show it; null when they only look on
 */
record WatchRoom(UUID roomId, UUID personId, @Nullable Instant speaksAt) {}
