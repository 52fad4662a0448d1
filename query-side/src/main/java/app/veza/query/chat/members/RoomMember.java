package app.veza.query.chat.members;

import app.veza.event.Erased;
import app.veza.query.shape.Person;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person in a room.
 *
 * @param role {@code member}, {@code moderator} or {@code owner}
 * @param readPosition up to here the member has read the room
 * @param muted true while the member may not speak
 * @param mutedUntil when that ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RoomMember(
        UUID id,
        String username,
        String displayName,
        String role,
        Instant joinedAt,
        long readPosition,
        @Nullable Boolean muted,
        @Nullable Instant mutedUntil) {

    RoomMember {
        username = Erased.or(username, Person.ERASED);
        displayName = Erased.or(displayName, Person.ERASED);
    }
}
