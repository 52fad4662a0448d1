package app.veza.projectionengine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees that nobody moves what readers see while another version is filled beside it, as when no node has the code of theirs any more: they
 * read what was then, and nothing else says so.
 */
final class LeftBehind {
    private static final Duration RESTS = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Projection projection;
    private final LongSupplier nanos;
    private long lookedAt;
    private long position = -1;
    private long movedAt;

    /** @param nanos as {@link System#nanoTime} */
    LeftBehind(Projection projection, LongSupplier nanos) {
        this.projection = projection;
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong() - LOOK.toNanos();
    }

    boolean isDue() {
        return nanos.getAsLong() - lookedAt >= LOOK.toNanos();
    }

    /**
     * @param served what readers see; empty: nothing yet
     * @return what is to be told; null: they get what there is
     */
    @Nullable
    String look(Optional<ServedAt> served, long head) {
        long now = nanos.getAsLong();
        lookedAt = now;
        long at = served.map(ServedAt::position).orElse(head);
        if (at != position || at >= head) {
            position = at;
            movedAt = now;
        }
        if (served.isEmpty() || now - movedAt < RESTS.toNanos()) {
            return null;
        }
        return "readers see %s at position %d, %d events behind, and no node moves it: start one that has its code, or let './veza projections rebuild %s' lead them over to version %d as soon as that is filled"
                .formatted(served.get().edition().spoken(), at, head - at, projection.name(), projection.version());
    }
}
