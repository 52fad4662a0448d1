package app.veza.eventstore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest appends in memory, un-acknowledged ones included: everything in (start, end]. With the index, which covers
 * (0, indexed] and is never behind the start, it knows the whole log.
 */
final class Window {
    /** Kept although indexed: most conditions reach back only a little, and memory answers faster than the index. */
    private static final int KEPT = 4096;

    private final long mostBytes;

    record Event(long position, EncodedEvent encoded, Placed placed) {}

    private final ArrayDeque<Placed> appends = new ArrayDeque<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Map<Object, ArrayDeque<Event>> byTagOrType = new HashMap<>();
    private final Map<String, Placed> byCommand = new HashMap<>();
    private long bytes;
    /** Read by callers too. */
    private volatile long start = Long.MAX_VALUE;

    /** @param mostBytes half of them for what is kept although it is indexed, the rest for what is not */
    Window(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    long start() {
        return start;
    }

    void restart(long position) {
        clear();
        start = position;
    }

    /** It knows nothing any more: everything is for the index to say. */
    void close() {
        clear();
        start = Long.MAX_VALUE;
    }

    private void clear() {
        appends.clear();
        events.clear();
        byTagOrType.clear();
        byCommand.clear();
        bytes = 0;
    }

    /** What is not yet indexed takes all that there is room for. */
    boolean isFull() {
        return bytes >= mostBytes;
    }

    void add(Placed placed) {
        appends.addLast(placed);
        bytes += placed.handed.bytes();
        long position = placed.stored.firstPosition();
        for (EncodedEvent encoded : placed.stored.append().events()) {
            var event = new Event(position++, encoded, placed);
            events.addLast(event);
            list(encoded.type()).addLast(event);
            for (Tag tag : encoded.tags()) {
                list(tag).addLast(event);
            }
        }
        String commandId = placed.stored.append().commandId();
        if (commandId != null) {
            byCommand.put(commandId, placed);
        }
    }

    private ArrayDeque<Event> list(Object key) {
        return byTagOrType.computeIfAbsent(key, k -> new ArrayDeque<>(4));
    }

    /** Forgets the oldest that are indexed. */
    void trim(long indexed) {
        while ((appends.size() > KEPT || bytes > mostBytes / 2)
                && !appends.isEmpty()
                && appends.getFirst().stored.lastPosition() <= indexed) {
            Placed oldest = appends.removeFirst();
            bytes -= oldest.handed.bytes();
            for (EncodedEvent encoded : oldest.stored.append().events()) {
                events.removeFirst();
                forgetFirst(encoded.type());
                encoded.tags().forEach(this::forgetFirst);
            }
            String commandId = oldest.stored.append().commandId();
            if (commandId != null) {
                byCommand.remove(commandId, oldest);
            }
            start = oldest.stored.lastPosition();
        }
    }

    private void forgetFirst(Object key) {
        Deque<Event> list = byTagOrType.get(key);
        list.removeFirst();
        if (list.isEmpty()) {
            byTagOrType.remove(key);
        }
    }

    @Nullable
    Placed command(String commandId) {
        return byCommand.get(commandId);
    }

    /** The newest matching event after the position, or null. */
    @Nullable
    Event newestMatch(Criteria criteria, long after) {
        Event newest = null;
        for (Criterion criterion : criteria.anyOf()) {
            Event match = newestMatch(criterion, newest == null ? after : newest.position);
            newest = match == null ? newest : match;
        }
        return newest;
    }

    private @Nullable Event newestMatch(Criterion criterion, long after) {
        if (!criterion.tags().isEmpty()) {
            ArrayDeque<Event> shortest = null;
            for (Tag tag : criterion.tags()) {
                ArrayDeque<Event> list = byTagOrType.get(tag);
                if (list == null) {
                    return null;
                }
                shortest = shortest == null || list.size() < shortest.size() ? list : shortest;
            }
            return newestMatch(shortest, criterion, after);
        }
        if (criterion.types().isEmpty()) {
            return newestMatch(events, criterion, after);
        }
        Event newest = null;
        for (String type : criterion.types()) {
            Event match = newestMatch(byTagOrType.get(type), criterion, newest == null ? after : newest.position);
            newest = match == null ? newest : match;
        }
        return newest;
    }

    private static @Nullable Event newestMatch(@Nullable ArrayDeque<Event> list, Criterion criterion, long after) {
        if (list == null) {
            return null;
        }
        Iterator<Event> newestFirst = list.descendingIterator();
        while (newestFirst.hasNext()) {
            Event event = newestFirst.next();
            if (event.position <= after) {
                return null;
            }
            if (criterion.matches(event.encoded.type(), event.encoded.tags())) {
                return event;
            }
        }
        return null;
    }
}
