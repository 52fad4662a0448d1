package app.veza.query.notification.inbox;

import app.veza.query.shape.Person;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of an inbox.
 *
 * @param nextCursor for the next page; null on the last one
 * @param unread how many of the whole inbox the caller has not seen
 */
record Inbox(
        List<Notification> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
        long unread) {

    /**
     * @param kind {@code mention}, {@code reply}, {@code direct_message}, {@code room_invitation}, {@code stream_live} or {@code security}
     * @param position at which it was raised: the order of an inbox
     * @param actor who did it, if somebody did
     * @param readAt when the caller had seen it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Notification(
            UUID id,
            String kind,
            long position,
            Instant raisedAt,
            @Nullable Instant readAt,
            @Nullable Person actor,
            @Nullable UUID roomId,
            @Nullable UUID messageId,
            @Nullable UUID streamId) {}
}
