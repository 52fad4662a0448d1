package app.veza.eventstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is published and not settled, in the order of publication. It is settled in that order only: what was sent after an append
 * that failed is not acknowledged, whatever its own reply says.
 */
final class InFlight {
    private final ArrayDeque<Placed> placed = new ArrayDeque<>();
    private final Map<Long, Placed> byPublication = new HashMap<>();
    private volatile int size;
    private long lastAnswerNanos = System.nanoTime();

    void add(Placed one) {
        placed.addLast(one);
        byPublication.put(one.publication, one);
        size = placed.size();
    }

    /** Readable from any thread. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return placed.isEmpty();
    }

    void answered(LogConnection.Reply reply) {
        Placed one = byPublication.get(reply.publication());
        if (one != null) {
            lastAnswerNanos = System.nanoTime();
            one.reply = reply;
        }
    }

    void settle(Consumer<Placed> settled) {
        while (!placed.isEmpty() && placed.getFirst().acknowledged()) {
            Placed one = placed.removeFirst();
            byPublication.remove(one.publication);
            one.settled = true;
            settled.accept(one);
        }
        size = placed.size();
    }

    /** The reply that ends the pipeline: its append, and thus all after it, did not get its place. */
    LogConnection.@Nullable Reply failure() {
        return placed.isEmpty() ? null : placed.getFirst().reply;
    }

    boolean allAnswered() {
        return placed.stream().allMatch(one -> one.reply != null);
    }

    /**
     * Whether the server has said nothing for so long. The age of the oldest alone does not tell: a server that synchronises each
     * message works off a full pipeline in seconds, and answers all the while.
     */
    boolean overdue(long now, long nanos) {
        return !placed.isEmpty() && now - placed.getFirst().publishedNanos > nanos && now - lastAnswerNanos > nanos;
    }

    /** Everything in flight and everyone who waits for it, to be decided anew in the order of arrival. */
    List<Handed> abandon() {
        List<Handed> unresolved = new ArrayList<>();
        for (Placed one : placed) {
            if (one.reply != null && one.reply.provesAbsence()) {
                one.handed.publishedFor = one.publishedBefore;
            }
            unresolved.add(one.handed);
            one.waiters.forEach(waiter -> unresolved.add(waiter.handed()));
        }
        unresolved.sort(Comparator.comparingLong(handed -> handed.ticket));
        placed.clear();
        byPublication.clear();
        size = 0;
        return unresolved;
    }
}
