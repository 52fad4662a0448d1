package app.veza.projectionengine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many events a batch may hold; and, by halving batches that fail, which event it is that cannot be applied. */
final class PoisonSearch {
    /** A batch that takes longer is halved; one that takes less than half of it may grow again. */
    private static final Duration BATCH_TIME = Duration.ofMillis(500);

    /** Of a runner that begins: what is not compiled yet takes many times as long, in a transaction that is open meanwhile. */
    private static final int FIRST_LIMIT = 1_000;

    /** So many single events must succeed behind poison before batches grow again. */
    private static final int CALM = 8;

    private static final Logger LOG = LoggerFactory.getLogger(PoisonSearch.class);

    private final Projection projection;
    /** Asked once: a projection may make the set anew each time. */
    private final Set<String> types;

    private final int most;
    private int limit;
    private boolean suspect;

    /** Batches of one event that succeeded since poison was found: where one is, others often are. */
    private int calm = CALM;

    private @Nullable Poison poison;

    PoisonSearch(Projection projection, int most) {
        this.projection = projection;
        this.types = projection.eventTypes();
        this.most = most;
        this.limit = Math.min(FIRST_LIMIT, most);
    }

    int limit() {
        return limit;
    }

    Batch next(List<? extends LoggedEvent> events) {
        return Batch.of(events, projection, types, limit, poison);
    }

    void succeeded(Checkpoint committed, long nanos) {
        suspect = false;
        boolean parked = poison != null && committed.position() >= poison.position();
        if (poison != null && committed.position() >= poison.position()) {
            poison = null;
        }
        if (nanos > BATCH_TIME.toNanos()) {
            halve();
        } else if (calm < CALM) {
            calm += parked ? 0 : 1;
        } else if (nanos < BATCH_TIME.toNanos() / 2) {
            limit = Math.min(most, limit * 2);
        }
    }

    /** Of a batch that is never done in time as it is. */
    void halve() {
        limit = Math.max(1, limit / 2);
    }

    /**
     * Narrows the search after a failure that will not pass by itself.
     *
     * @param events what was read for the batch
     * @return false when the event that was found could not even be parked
     */
    boolean failed(List<? extends LoggedEvent> events, Throwable failure) {
        if (failure instanceof UndecodableException undecodable) {
            // it tells itself which event it is, and a decoder changes its mind no more than the log does
            return found(undecodable.position(), failure);
        }
        long first = first(events);
        if (first < 0 || (poison != null && poison.position() == first)) {
            return false;
        }
        if (limit > 1) {
            // which event is it? what stands before it gets committed on the way
            halve();
        } else if (!suspect && !Failures.isOfTheData(failure)) {
            // once more from a fresh look at the store, which may have been emptied under this runner
            suspect = true;
        } else {
            calm = 0;
            return found(first, failure);
        }
        return true;
    }

    private boolean found(long position, Throwable failure) {
        if (poison != null && poison.position() == position) {
            return false;
        }
        LOG.error("Projection {} cannot apply the event at position {}", projection.name(), position, failure);
        poison = new Poison(position, Failures.withoutValues(failure));
        return true;
    }

    private long first(List<? extends LoggedEvent> events) {
        return events.stream()
                .filter(event -> types.contains(event.type()))
                .findFirst()
                .map(LoggedEvent::position)
                .orElse(-1L);
    }
}
