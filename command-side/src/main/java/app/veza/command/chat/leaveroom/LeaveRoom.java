package app.veza.command.chat.leaveroom;

import java.util.UUID;

/**
 * End a person's membership in a room.
 *
 * @param by who wants it: the person themself, or another who removes them
 */
record LeaveRoom(UUID roomId, UUID personId, UUID by) {

    boolean isRemoval() {
        return !personId.equals(by);
    }
}
