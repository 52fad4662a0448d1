package app.veza.query.chat.rooms;

import app.veza.query.shape.Message;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room as the caller sees it.
 *
 * @param role of the caller; absent when they are no member
 * @param lastMessage for members only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Room(
        UUID id,
        String name,
        @Nullable String topic,
        String visibility,
        int memberCount,
        @Nullable String role,
        @Nullable Message lastMessage) {}
