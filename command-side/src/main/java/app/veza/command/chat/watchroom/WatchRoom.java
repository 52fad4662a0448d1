package app.veza.command.chat.watchroom;

import java.util.UUID;

/** See what happens in a room from now on. */
record WatchRoom(UUID roomId, UUID personId) {}
