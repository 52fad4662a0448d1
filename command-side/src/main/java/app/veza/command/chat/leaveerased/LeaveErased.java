package app.veza.command.chat.leaveerased;

import java.util.UUID;

/** End the membership of a person who was erased. */
record LeaveErased(UUID roomId, UUID personId) {}
