package app.veza.query.shape;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody was told of, as their inbox has it and as their sockets are told.
 *
 * @param kind {@code mention}, {@code reply}, {@code direct_message}, {@code room_invitation}, {@code stream_live} or {@code security}
 * @param position at which it was raised: the order of an inbox
 * @param actor who did it, if somebody did
 * @param readAt when the one who was told had seen it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notification(
        UUID id,
        String kind,
        long position,
        Instant raisedAt,
        @Nullable Instant readAt,
        @Nullable Person actor,
        @Nullable UUID roomId,
        @Nullable UUID messageId,
        @Nullable UUID streamId) {}
