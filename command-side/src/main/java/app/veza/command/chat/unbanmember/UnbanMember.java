package app.veza.command.chat.unbanmember;

import java.util.UUID;

/** Let somebody into a room again. */
record UnbanMember(UUID roomId, UUID personId, UUID by) {}
