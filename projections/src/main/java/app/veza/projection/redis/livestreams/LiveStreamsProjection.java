package app.veza.projection.redis.livestreams;

import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Names;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.RedisBatch;
import app.veza.projectionengine.RedisProjection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every stream that has not ended. {@code streams} is a sorted set of their ids by position of creation; {@code
 * stream:<id>} is a hash of {@code broadcaster} (id), {@code title}, {@code visibility}, {@code state}, {@code created}
 * (RFC 3339) and {@code position}.
 */
public final class LiveStreamsProjection implements RedisProjection {

    private static final String ALL = "streams";

    @Override
    public String name() {
        return "live_streams";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(StreamCreated.class, StreamStopped.class);
    }

    @Override
    public void apply(RedisBatch batch, List<Recorded<?>> events) {
        for (Recorded<?> recorded : events) {
            switch (recorded.event()) {
                case StreamCreated created -> {
                    batch.zadd(ALL, recorded.position(), created.streamId().toString());
                    batch.hset(
                            "stream:" + created.streamId(),
                            Map.of(
                                    "broadcaster", created.broadcasterId().toString(),
                                    "title", created.title(),
                                    "visibility", Names.of(created.visibility()),
                                    "state", "created",
                                    "created", recorded.timestamp().toString(),
                                    "position", Long.toString(recorded.position())));
                }
                case StreamStopped stopped -> {
                    batch.zrem(ALL, stopped.streamId().toString());
                    batch.del("stream:" + stopped.streamId());
                }
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
    }
}
