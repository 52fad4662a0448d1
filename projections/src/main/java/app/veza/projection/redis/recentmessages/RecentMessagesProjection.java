package app.veza.projection.redis.recentmessages;

import app.veza.event.EventTags;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomClosed;
import app.veza.projection.rows.Batch;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.RedisBatch;
import app.veza.projectionengine.RedisProjection;
import app.veza.projectionengine.Slicing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which messages a room's newest are, and up to where its members have read: {@code room:<id>} is a sorted set of the ids of the newest
 * {@value #KEPT} messages that stand, by position; {@code read:<id>} one of the ids of its members, by the position up to which they
 * have read. Unread is what {@code ZCOUNT room:<id> (<read> +inf} counts; {@value #KEPT} stands for as many or more. Of a room that was closed there is
 * neither, or what is kept here would grow for ever. No text: what an erased person said would have to be found here.
 */
public final class RecentMessagesProjection implements RedisProjection {

    /** What clients show as "99+"; and few enough for Redis to keep a room in one piece of memory (128 with its defaults). */
    public static final int KEPT = 100;

    private record Said(UUID message, long position) {}

    @Override
    public String name() {
        return "recent_messages";
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(
                MemberJoined.class,
                MemberLeft.class,
                MessageSent.class,
                MessageDeleted.class,
                MessageRead.class,
                RoomClosed.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.ROOM, "room_id"));
    }

    @Override
    public void apply(RedisBatch batch, List<Recorded<?>> events) {
        Map<UUID, List<Said>> said = new LinkedHashMap<>();
        ReadMarks marks = new ReadMarks();
        for (Recorded<?> recorded : events) {
            switch (recorded.event()) {
                case MessageSent sent -> {
                    said.computeIfAbsent(sent.roomId(), room -> new ArrayList<>())
                            .add(new Said(sent.messageId(), recorded.position()));
                    marks.read(sent.senderId(), sent.roomId(), recorded.position());
                }
                case MessageDeleted deleted -> {
                    // which messages are the newest depends on what stood when each came: so those before it first
                    List<Said> before = said.remove(deleted.roomId());
                    if (before != null) {
                        add(batch, deleted.roomId(), before);
                    }
                    batch.zrem("room:" + deleted.roomId(), deleted.messageId().toString());
                }
                case RoomClosed closed -> {
                    said.remove(closed.roomId());
                    marks.closed(closed.roomId());
                    batch.del("room:" + closed.roomId()).del("read:" + closed.roomId());
                }
                case MessageRead read -> marks.read(read.personId(), read.roomId(), read.messagePosition());
                case MemberJoined joined -> marks.joined(joined.personId(), joined.roomId(), recorded.position());
                case MemberLeft left -> marks.left(left.personId(), left.roomId());
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
        said.forEach((room, messages) -> add(batch, room, messages));
        marks.apply(batch);
    }

    private static void add(RedisBatch batch, UUID room, List<Said> messages) {
        String key = "room:" + room;
        // what the batch itself pushes out again need not be sent
        List<Said> newest = messages.subList(Math.max(0, messages.size() - KEPT), messages.size());
        // first the room for them: a set that was too large once is never one piece again
        batch.zremRangeByRank(key, 0, -(KEPT - newest.size()) - 1L);
        newest.forEach(
                message -> batch.zadd(key, message.position(), message.message().toString()));
    }
}
