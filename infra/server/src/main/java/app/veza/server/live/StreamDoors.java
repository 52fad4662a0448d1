package app.veza.server.live;

import app.veza.command.History;
import app.veza.event.streaming.Visibility;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;

/** Which streams anybody may listen to. That never changes, so it is read once; that there is none may change. */
final class StreamDoors {

    private static final int MOST = 10_000;
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private final History history;
    private final Cache<UUID, Boolean> open =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<UUID, Boolean> unknown =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(UNKNOWN).build();

    StreamDoors(History history) {
        this.history = history;
    }

    boolean isOpen(UUID streamId) {
        Boolean known = open.getIfPresent(streamId);
        if (known != null) {
            return known;
        }
        if (unknown.getIfPresent(streamId) != null) {
            return false;
        }
        var look = StreamLook.at(history, streamId);
        if (look.isEmpty()) {
            unknown.put(streamId, Boolean.TRUE);
            return false;
        }
        boolean isPublic = look.get().created().visibility() == Visibility.PUBLIC;
        open.put(streamId, isPublic);
        return isPublic;
    }
}
