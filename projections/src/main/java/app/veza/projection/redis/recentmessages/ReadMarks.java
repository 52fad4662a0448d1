package app.veza.projection.redis.recentmessages;

import app.veza.projectionengine.RedisBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Up to where people have read: only forward while they are members, anew when they enter. One operation a member and batch. */
final class ReadMarks {

    private record Member(UUID person, UUID room) {}

    /**
     * @param renewed whether they joined or left in the batch: the mark before counts no more
     * @param position 0: they are no member
     */
    private record Mark(boolean renewed, long position) {}

    private final Map<Member, Mark> marks = new LinkedHashMap<>();

    void joined(UUID person, UUID room, long position) {
        marks.put(new Member(person, room), new Mark(true, position));
    }

    void left(UUID person, UUID room) {
        marks.put(new Member(person, room), new Mark(true, 0));
    }

    void read(UUID person, UUID room, long position) {
        marks.merge(new Member(person, room), new Mark(false, position), (before, now) -> {
            boolean isGone = before.renewed() && before.position() == 0;
            return isGone ? before : new Mark(before.renewed(), Math.max(before.position(), now.position()));
        });
    }

    void apply(RedisBatch batch) {
        marks.forEach((member, mark) -> {
            String key = "read:" + member.person();
            String room = member.room().toString();
            if (!mark.renewed()) {
                batch.zraise(key, mark.position(), room);
            } else if (mark.position() == 0) {
                batch.zrem(key, room);
            } else {
                batch.zadd(key, mark.position(), room);
            }
        });
    }
}
