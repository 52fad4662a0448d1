package app.veza.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Remembers which sessions are open, so that the log's index is asked once for each and not on every request. Whoever follows
 * the log tells when one ends; a session that is being looked up at that moment is forgotten after the look, not before.
 * While the follower is behind what this node acknowledged, the index is asked: an end takes effect with its answer.
 */
final class OpenSessions implements Predicate<UUID> {

    private static final int REMEMBERED = 100_000;

    /** Bounds what a session past its absolute end is good for: no event tells of that. */
    private static final Duration FOR = Duration.ofMinutes(1);

    private final Predicate<UUID> index;
    private final BooleanSupplier upToDate;
    private final Cache<UUID, Boolean> open =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    /**
     * @param index whether the session is open, as everything that this node acknowledged has it
     * @param upToDate whether every end that this node acknowledged has been told
     */
    OpenSessions(Predicate<UUID> index, BooleanSupplier upToDate) {
        this.index = index;
        this.upToDate = upToDate;
    }

    @Override
    public boolean test(UUID session) {
        if (!upToDate.getAsBoolean()) {
            return index.test(session);
        }
        // null is not remembered: a session of another node may only just not be known here
        return open.get(session, id -> index.test(id) ? Boolean.TRUE : null) != null;
    }

    void ended(UUID session) {
        open.invalidate(session);
    }
}
