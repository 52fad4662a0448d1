package app.veza.server.live;

import app.veza.command.History;
import app.veza.event.streaming.Visibility;
import app.veza.server.streaming.LiveStreams;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;

/**
 * Which streams anybody may listen to, and whether there is something to be heard. The first never changes, so it is read once; that
 * there is no such stream may change.
 */
final class StreamDoors {

    private static final int MOST = 10_000;
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private final History history;
    private final LiveStreams streams;
    private final Cache<UUID, Boolean> open =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<UUID, Boolean> unknown =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(UNKNOWN).build();

    StreamDoors(History history, LiveStreams streams) {
        this.history = history;
        this.streams = streams;
    }

    boolean isOnAir(UUID streamId) {
        return streams.isOnAir(streamId);
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
