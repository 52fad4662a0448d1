package app.veza.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An append that was given a place and published; settled once it is known to stand there. */
final class Placed {
    /** Answered by this append's outcome: run when it is settled, decided anew when it is not. */
    record Waiter(Handed handed, Runnable answer) {}

    /** Number of the publication, which its reply names. */
    final long publication;

    final Handed.Append handed;
    final StoredAppend stored;
    /** What {@link Handed.Append#publishedFor} was before; true again when the server says that it did not take this one. */
    final long publishedBefore;

    final long publishedNanos = System.nanoTime();
    final List<Waiter> waiters = new ArrayList<>(0);
    LogConnection.@Nullable Reply reply;
    boolean settled;

    Placed(long publication, Handed.Append handed, StoredAppend stored) {
        this.publication = publication;
        this.handed = handed;
        this.stored = stored;
        this.publishedBefore = handed.publishedFor;
        handed.publishedFor = stored.sequence();
    }

    boolean acknowledged() {
        return reply != null && reply.sequence() == stored.sequence();
    }
}
