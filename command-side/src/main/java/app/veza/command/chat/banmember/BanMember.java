package app.veza.command.chat.banmember;

import java.util.UUID;

/** Keep somebody out of a room. */
record BanMember(UUID roomId, UUID personId, UUID by) {}
