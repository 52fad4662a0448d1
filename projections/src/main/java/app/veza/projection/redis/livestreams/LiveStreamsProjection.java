package app.veza.projection.redis.livestreams;

import app.veza.event.EventTags;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Names;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.RedisBatch;
import app.veza.projectionengine.RedisProjection;
import app.veza.projectionengine.Slicing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Every stream that has not ended. {@code streams} is a sorted set of their ids by position of creation; {@code stream:<id>} is a hash of
 * {@code broadcaster} (id), {@code visibility}, {@code state}, {@code created} and {@code started} (RFC 3339), and {@code position}; {@code
 * listeners:<id>} is the set of those who listen, by the id of each listening: its size is the number of listeners. Who looks at a stream
 * that is not in {@code streams} must not trust the other keys. No text: what an erased person wrote would have to be found here.
 */
public final class LiveStreamsProjection implements RedisProjection {

    private static final String ALL = "streams";

    @Override
    public String name() {
        return "live_streams";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(
                StreamCreated.class,
                StreamWentLive.class,
                StreamInterrupted.class,
                StreamResumed.class,
                StreamStopped.class,
                ListenerJoined.class,
                ListenerLeft.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.STREAM, "stream_id"));
    }

    @Override
    public void apply(RedisBatch batch, List<Recorded<?>> events) {
        for (Recorded<?> recorded : events) {
            switch (recorded.event()) {
                case StreamCreated created -> create(batch, recorded, created);
                case StreamWentLive live ->
                    batch.hset(
                            stream(live.streamId()),
                            Map.of(
                                    "state",
                                    "live",
                                    "started",
                                    recorded.timestamp().toString()));
                case StreamInterrupted stream -> batch.hset(stream(stream.streamId()), "state", "interrupted");
                case StreamResumed stream -> batch.hset(stream(stream.streamId()), "state", "live");
                case StreamStopped stopped -> {
                    batch.zrem(ALL, stopped.streamId().toString());
                    batch.del(stream(stopped.streamId()));
                    batch.del(listeners(stopped.streamId()));
                }
                case ListenerJoined joined ->
                    batch.sadd(
                            listeners(joined.streamId()), joined.listeningId().toString());
                case ListenerLeft left ->
                    batch.srem(listeners(left.streamId()), left.listeningId().toString());
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
    }

    private static void create(RedisBatch batch, Recorded<?> recorded, StreamCreated created) {
        batch.zadd(ALL, recorded.position(), created.streamId().toString());
        batch.hset(
                stream(created.streamId()),
                Map.of(
                        "broadcaster", created.broadcasterId().toString(),
                        "visibility", Names.of(created.visibility()),
                        "state", "created",
                        "created", recorded.timestamp().toString(),
                        "position", Long.toString(recorded.position())));
    }

    private static String stream(UUID id) {
        return "stream:" + id;
    }

    private static String listeners(UUID id) {
        return "listeners:" + id;
    }
}
