package app.veza.projectionengine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many events a batch may hold; and, by halving batches that fail, which event it is that cannot be applied. */
final class PoisonSearch {
    /** A batch that takes longer is halved; one that takes less than half of it may grow again. */
    private static final Duration BATCH_TIME = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(PoisonSearch.class);

    private final Projection projection;
    private final int most;
    private int limit;
    private boolean suspect;
    private @Nullable Poison poison;

    PoisonSearch(Projection projection, int most) {
        this.projection = projection;
        this.most = most;
        this.limit = most;
    }

    int limit() {
        return limit;
    }

    Batch next(List<? extends LoggedEvent> events) {
        return Batch.of(events, projection, limit, poison);
    }

    void succeeded(Checkpoint committed, long nanos) {
        suspect = false;
        if (poison != null && committed.position() >= poison.position()) {
            poison = null;
        }
        if (nanos > BATCH_TIME.toNanos()) {
            halve();
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
        long first = first(events);
        if (first < 0 || (poison != null && poison.position() == first)) {
            return false;
        }
        if (limit > 1) {
            // which event is it? what stands before it gets committed on the way
            halve();
        } else if (!suspect) {
            // once more from a fresh look at the store, which may have been emptied under this runner
            suspect = true;
        } else {
            LOG.error("Projection {} cannot apply the event at position {}", projection.name(), first, failure);
            poison = new Poison(first, Failures.withoutValues(failure));
        }
        return true;
    }

    private long first(List<? extends LoggedEvent> events) {
        return events.stream()
                .filter(event -> projection.eventTypes().contains(event.type()))
                .findFirst()
                .map(LoggedEvent::position)
                .orElse(-1L);
    }
}
