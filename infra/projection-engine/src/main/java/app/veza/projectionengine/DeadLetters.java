package app.veza.projectionengine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that projections have parked, for the person who looks after them. Whatever node it is asked on: it works on the store
 * itself, and the runner, wherever it is, waits meanwhile.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** One transaction holds up the runner for so many rows. */
    private static final int DROPPED_AT_ONCE = 1_000;

    private final EventLog log;
    private final SequencedMap<String, Parked> byProjection;

    /** @param store of the edition that is live now */
    record Parked(Projection projection, Supplier<LetterStore> store) {}

    DeadLetters(EventLog log, Map<String, Parked> byProjection) {
        this.log = log;
        this.byProjection = new LinkedHashMap<>(byProjection);
    }

    /**
     * @param applied letters that are none any more
     * @param failed the first of each key that failed again
     * @param complete false: time was up before all were tried; ask again
     * @param nextAfter position behind which to go on; that of the request when others changed the letters all the time; null when all
     *     were tried
     */
    public record Retried(
            long applied,
            List<DeadLetter> failed,
            boolean complete,
            @Nullable Long nextAfter) {}

    /** The projections of this node, in the order of their pages. */
    public List<String> projections() {
        return List.copyOf(byProjection.sequencedKeySet());
    }

    /** How many a projection has. */
    public long count(String projection) {
        return available(() -> of(projection).store().get().count());
    }

    /**
     * By position.
     *
     * @param key null: of every key
     * @param after before the first position
     * @param upTo last position
     * @throws NoSuchElementException there is no such projection
     * @throws Unavailable the projection's store does not answer
     */
    public List<DeadLetter> page(String projection, @Nullable String key, long after, long upTo, int limit) {
        return available(() -> of(projection).store().get().page(key, after, upTo, limit));
    }

    /**
     * Applies the events of letters, in order; what fails again stays, with those behind it.
     *
     * @param key null: of every key
     * @param after position up to which letters were tried before ({@link Retried#nextAfter}); before the first one: none
     * @throws NoSuchElementException there is no such projection
     * @throws Unavailable the store or the log does not answer; what was applied until then stays applied
     */
    public Retried retry(String projection, @Nullable String key, long after) {
        Parked parked = of(projection);
        Retried retried = available(() ->
                new LetterRetry(parked.projection(), parked.store().get(), log, LetterRetry.BOUND).run(key, after));
        LOG.info(
                "Dead letters of projection {} {} were retried: {} applied, {} failed again",
                projection,
                key == null ? "of every key" : "of " + key,
                retried.applied(),
                retried.failed().size());
        return retried;
    }

    /**
     * Gives up the first letter of a key, or all: this version of the projection passes their events over, rebuilt or filled aside
     * too; a new version tries them again.
     *
     * @param who for the log
     * @return how many there were
     * @throws NoSuchElementException there is no such projection
     * @throws Unavailable the projection's store does not answer
     */
    public long drop(String projection, String key, boolean all, String who) {
        Supplier<LetterStore> store = of(projection).store();
        long dropped = 0;
        List<Long> positions;
        do {
            positions = available(() -> store.get().drop(key, all ? DROPPED_AT_ONCE : 1));
            dropped += positions.size();
            if (!positions.isEmpty()) {
                LOG.warn(
                        "{} dropped {} dead letters of projection {} of {}, positions {} to {}",
                        who,
                        positions.size(),
                        projection,
                        key,
                        positions.getFirst(),
                        positions.getLast());
            }
        } while (all && !positions.isEmpty());
        return dropped;
    }

    /** A store that does not answer; it may later. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(RuntimeException cause) {
            super(Failures.describe(cause), cause);
        }
    }

    private Parked of(String projection) {
        Parked parked = byProjection.get(projection);
        if (parked == null) {
            throw new NoSuchElementException("There is no projection " + projection + "; there are "
                    + String.join(", ", new ArrayList<>(byProjection.keySet())));
        }
        return parked;
    }

    private static <T> T available(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            if (Failures.isTransient(e)) {
                throw new Unavailable(e);
            }
            throw e;
        }
    }
}
