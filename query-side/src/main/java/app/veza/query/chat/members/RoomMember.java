package app.veza.query.chat.members;

import java.time.Instant;
import java.util.UUID;

/**
 * A person in a room.
 *
 * @param role {@code member}, {@code moderator} or {@code owner}
 */
record RoomMember(UUID id, String username, String displayName, String role, Instant joinedAt) {}
