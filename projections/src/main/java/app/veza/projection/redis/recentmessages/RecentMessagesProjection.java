package app.veza.projection.redis.recentmessages;

import app.veza.event.chat.MessageSent;
import app.veza.projection.rows.Batch;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.RedisBatch;
import app.veza.projectionengine.RedisProjection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The newest {@value #KEPT} messages of each room, for opening a room without a database: {@code room:<id>} is a sorted
 * set of {@link RecentMessage}s in JSON by position.
 */
public final class RecentMessagesProjection implements RedisProjection {

    /** Two screens of a client, and what a short loss of connection misses. */
    public static final int KEPT = 100;

    private final JsonMapper json = JsonMapper.shared();

    @Override
    public String name() {
        return "recent_messages";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(MessageSent.class);
    }

    @Override
    public void apply(RedisBatch batch, List<Recorded<?>> events) {
        Map<UUID, List<Recorded<MessageSent>>> byRoom = new LinkedHashMap<>();
        for (Recorded<MessageSent> sent : Batch.only(MessageSent.class, events)) {
            byRoom.computeIfAbsent(sent.event().roomId(), room -> new ArrayList<>())
                    .add(sent);
        }
        byRoom.forEach((room, sent) -> {
            String key = "room:" + room;
            // what the batch itself pushes out again need not be sent
            sent.subList(Math.max(0, sent.size() - KEPT), sent.size())
                    .forEach(message ->
                            batch.zadd(key, message.position(), json.writeValueAsString(RecentMessage.of(message))));
            batch.zremRangeByRank(key, 0, -KEPT - 1L);
        });
    }
}
