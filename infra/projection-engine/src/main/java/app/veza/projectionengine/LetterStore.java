package app.veza.projectionengine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dead letters of one edition of a projection, beside its read model. For any thread, beside the runner. */
interface LetterStore {
    long count();

    /**
     * Letters by position.
     *
     * @param key null: of every key
     * @param after before the first position
     * @param upTo last position
     */
    List<DeadLetter> page(@Nullable String key, long after, long upTo, int limit);

    /**
     * Applies the events of these letters and removes them, all or none, while the runner waits.
     *
     * @param letters the first ones of their keys, by position
     * @param events the same, decoded
     * @return false when they are not the first of their keys any more: nothing happened
     */
    boolean replay(String logId, List<DeadLetter> letters, List<Recorded<?>> events);

    /** Notes that it was tried in vain. */
    void failedAgain(DeadLetter letter, String error);

    /**
     * Removes letters of a key, the first or all; their events are never applied to any edition of this version.
     *
     * @return positions of those removed, at most {@code most}
     */
    List<Long> drop(String key, int most);
}
