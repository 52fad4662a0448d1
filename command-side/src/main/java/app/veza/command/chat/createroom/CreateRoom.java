package app.veza.command.chat.createroom;

import app.veza.event.chat.Visibility;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Open a room, owned by its creator. */
record CreateRoom(
        UUID roomId, UUID creatorId, String name, @Nullable String topic, Visibility visibility) {}
