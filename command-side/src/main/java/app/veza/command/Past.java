package app.veza.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What was, oldest first: immutable, and added to at the same cost however long it is. A state that may grow without end is folded from it
 * once, when it is decided on; to copy a set for each event would take time by the square of their number.
 */
public final class Past<E> implements Iterable<E> {

    private static final Past<?> NONE = new Past<>(null, null);

    private final @Nullable Past<E> before;
    private final @Nullable E last;

    private Past(@Nullable Past<E> before, @Nullable E last) {
        this.before = before;
        this.last = last;
    }

    @SuppressWarnings("unchecked") // holds no element
    public static <E> Past<E> none() {
        return (Past<E>) NONE;
    }

    public Past<E> with(E next) {
        return new Past<>(this, next);
    }

    @Override
    public Iterator<E> iterator() {
        Deque<E> oldestFirst = new ArrayDeque<>();
        for (Past<E> past = this; past != null && past.last != null; past = past.before) {
            oldestFirst.addFirst(past.last);
        }
        return oldestFirst.iterator();
    }
}
