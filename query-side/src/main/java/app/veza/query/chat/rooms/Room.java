package app.veza.query.chat.rooms;

import app.veza.query.shape.Message;
import app.veza.query.shape.Person;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room as the caller sees it.
 *
 * @param name of a direct room, the other one's display name
 * @param role of the caller; absent when they are no member, as unread, mentions and lastMessage
 * @param unread messages after the caller's mark that stand
 * @param mentions how many of them name the caller
 * @param directWith the other one of a direct room
 * @param slowModeSeconds that a plain member waits between two messages
 * @param closedAt since when it can only be read
 * @param asOf position of the log: the events of the room up to there are in its numbers and its last message, and no later one. The
 *     position that answers bear may be a little less
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Room(
        UUID id,
        String name,
        @Nullable String topic,
        String visibility,
        int memberCount,
        @Nullable String role,
        @Nullable Long unread,
        @Nullable Long mentions,
        @Nullable Message lastMessage,
        @Nullable Person directWith,
        @Nullable Integer slowModeSeconds,
        @Nullable Instant closedAt,
        long asOf) {}
