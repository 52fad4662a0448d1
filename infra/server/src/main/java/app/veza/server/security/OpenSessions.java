package app.veza.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Remembers which sessions are open, so that the log's index is asked once for each and not on every request. Whoever follows
 * the log tells when one ends; a session that is being looked up at that moment is forgotten after the look, not before.
 * While the follower is behind what this node acknowledged, the index is asked whether one has ended, which reads no event of one
 * that goes on: an end takes effect with its answer.
 */
final class OpenSessions implements Predicate<UUID> {

    private static final int REMEMBERED = 100_000;

    /** Bounds what a session past its absolute end is good for: no event tells of that. */
    private static final Duration FOR = Duration.ofMinutes(1);

    private final Predicate<UUID> index;
    private final Predicate<UUID> ended;
    private final Supplier<Optional<String>> upToDate;
    private final Supplier<String> inUse;
    /** The log that it is open in: a restored one may know nothing of it. */
    private final Cache<UUID, String> open =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    /**
     * @param index whether the session is open, as everything that this node acknowledged has it
     * @param ended whether one that began was ended, likewise
     * @param upToDate the log in use, if every end in it that this node acknowledged has been told
     * @param inUse the log in use
     */
    OpenSessions(
            Predicate<UUID> index, Predicate<UUID> ended, Supplier<Optional<String>> upToDate, Supplier<String> inUse) {
        this.index = index;
        this.ended = ended;
        this.upToDate = upToDate;
        this.inUse = inUse;
    }

    @Override
    public boolean test(UUID session) {
        Optional<String> log = upToDate.get();
        if (log.isPresent()) {
            return isOpenIn(log.get(), session);
        }
        return inUse.get().equals(open.getIfPresent(session)) ? !ended.test(session) : index.test(session);
    }

    private boolean isOpenIn(String log, UUID session) {
        if (log.equals(open.getIfPresent(session))) {
            return true;
        }
        // what is not open is not remembered: a session of another node may only just not be known here
        return open.asMap().compute(session, (id, in) -> log.equals(in) || index.test(id) ? log : null) != null;
    }

    void ended(UUID session) {
        open.invalidate(session);
    }
}
