package app.veza.command.chat.unmutemember;

import java.util.UUID;

/** Let somebody speak again. */
record UnmuteMember(UUID roomId, UUID personId, UUID by) {}
