package app.veza.query.notification.inbox;

import app.veza.query.shape.Notification;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
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
        long unread) {}
