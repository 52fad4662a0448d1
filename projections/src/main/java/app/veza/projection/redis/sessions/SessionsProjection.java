package app.veza.projection.redis.sessions;

import app.veza.event.EventTags;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import app.veza.projection.rows.Batch;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.RedisBatch;
import app.veza.projectionengine.RedisProjection;
import app.veza.projectionengine.Slicing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions that may still be used: {@code session:<id>} is a hash of {@code person} (id), {@code started} and {@code
 * expires} (RFC 3339) and {@code position}. No key: the session ended, expired or never was.
 */
public final class SessionsProjection implements RedisProjection {

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(LoggedIn.class, SessionEnded.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.SESSION, "session_id"));
    }

    @Override
    public void apply(RedisBatch batch, List<Recorded<?>> events) {
        for (Recorded<?> recorded : events) {
            switch (recorded.event()) {
                case LoggedIn began -> {
                    String key = "session:" + began.sessionId();
                    batch.hset(
                            key,
                            Map.of(
                                    "person", began.personId().toString(),
                                    "started", recorded.timestamp().toString(),
                                    "expires", began.expiresAt().toString(),
                                    "position", Long.toString(recorded.position())));
                    // an instant of the history: in a rebuild, what has expired since goes at once
                    batch.expireAt(key, began.expiresAt());
                }
                case SessionEnded ended -> batch.del("session:" + ended.sessionId());
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
    }
}
