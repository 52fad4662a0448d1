package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Where a history stands: its time, its position, its luck, and what must happen next because of what just did. */
final class Course {

    private final Random random;
    private final Duration step;
    private final Deque<List<VezaEvent>> following = new ArrayDeque<>();
    private Instant now;
    private long position = 1;

    Course(long seed, Instant start, Duration step) {
        this.random = new Random(seed);
        this.now = start;
        this.step = step;
    }

    /** Times between two happenings are distributed exponentially, as those of people who know nothing of each other. */
    void goOn() {
        now = now.plusNanos((long) (-Math.log(1 - random.nextDouble()) * step.toNanos()));
    }

    Happening happened(List<VezaEvent> events) {
        var happening = new Happening(position, now, events);
        position += events.size();
        return happening;
    }

    Instant now() {
        return now;
    }

    /** That of the next event, in a log that holds this history and nothing else. */
    long position() {
        return position;
    }

    /** By a command of its own, before anything else. */
    void thenComes(VezaEvent... events) {
        following.add(List.of(events));
    }

    boolean isFollowed() {
        return !following.isEmpty();
    }

    List<VezaEvent> whatFollows() {
        return following.remove();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Few of many get most: a tenth of them some half, the first some more still. */
    int skewed(int size) {
        double draw = random.nextDouble();
        return (int) (size * draw * draw * draw);
    }

    /** UUIDv7 of the history's own time. */
    UUID newId() {
        return new UUID(
                now.toEpochMilli() << 16 | 0x7000L | random.nextInt(0x1000),
                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE);
    }
}
