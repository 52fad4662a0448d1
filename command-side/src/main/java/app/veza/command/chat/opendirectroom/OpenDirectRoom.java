package app.veza.command.chat.opendirectroom;

import app.veza.command.Pair;
import java.util.UUID;

/**
 * Talk to one other person.
 *
 * @param roomId of the room if there is none yet
 */
record OpenDirectRoom(UUID roomId, UUID by, UUID otherId) {

    UUID pairId() {
        return Pair.of(by, otherId);
    }
}
