package app.veza.projection.redis.recentmessages;

import app.veza.projectionengine.RedisBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Up to where the members of rooms have read: only forward while they are members, anew when they enter. At most three operations a room and batch. */
final class ReadMarks {

    /**
     * @param renewed whether they joined or left in the batch: the mark before counts no more
     * @param position 0: they are no member
     */
    private record Mark(boolean renewed, long position) {
        boolean isGone() {
            return renewed && position == 0;
        }
    }

    private final Map<UUID, Map<UUID, Mark>> marks = new LinkedHashMap<>();

    void joined(UUID person, UUID room, long position) {
        of(room).put(person, new Mark(true, position));
    }

    void left(UUID person, UUID room) {
        of(room).put(person, new Mark(true, 0));
    }

    void read(UUID person, UUID room, long position) {
        of(room).merge(
                        person,
                        new Mark(false, position),
                        (before, now) -> before.isGone()
                                ? before
                                : new Mark(before.renewed(), Math.max(before.position(), now.position())));
    }

    void closed(UUID room) {
        marks.remove(room);
    }

    private Map<UUID, Mark> of(UUID room) {
        return marks.computeIfAbsent(room, one -> new LinkedHashMap<>());
    }

    void apply(RedisBatch batch) {
        marks.forEach((room, members) -> apply(batch, "read:" + room, members));
    }

    /** In three passes: what follows another of its kind is the same operation. */
    private static void apply(RedisBatch batch, String key, Map<UUID, Mark> members) {
        members.forEach((person, mark) -> {
            if (!mark.renewed()) {
                batch.zraise(key, mark.position(), person.toString());
            }
        });
        members.forEach((person, mark) -> {
            if (mark.renewed() && !mark.isGone()) {
                batch.zadd(key, mark.position(), person.toString());
            }
        });
        members.forEach((person, mark) -> {
            if (mark.isGone()) {
                batch.zrem(key, person.toString());
            }
        });
    }
}
