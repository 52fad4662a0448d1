package app.veza.command.chat.joinroom;

import app.veza.event.chat.MemberRole;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Make a person a member of a room.
 *
 * @param by who wants it: the person themself, or another who invites them
 * @param role as what; null for what is usual, and for "whatever they are" where they are a member already
 */
record JoinRoom(
        UUID roomId, UUID personId, UUID by, @Nullable MemberRole role) {

    boolean isInvitation() {
        return !personId.equals(by);
    }
}
