package app.veza.projection.redis.recentmessages;

import app.veza.event.chat.MessageSent;
import app.veza.projectionengine.Recorded;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message as Redis holds it; the sender by id only, names change. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecentMessage(
        UUID id,
        long position,
        UUID senderId,
        String text,
        Instant sentAt,
        @Nullable UUID replyTo,
        @Nullable String clientMessageId) {

    static RecentMessage of(Recorded<MessageSent> sent) {
        return new RecentMessage(
                sent.event().messageId(),
                sent.position(),
                sent.event().senderId(),
                sent.event().text(),
                sent.timestamp(),
                sent.event().replyTo(),
                sent.event().clientMessageId());
    }
}
