package app.veza.projectionengine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies dead letters again, in order: many in one transaction, and by halving the one that fails again; then its key is left
 * alone and the others go on.
 */
final class LetterRetry {
    private static final int MOST_AT_ONCE = 200;

    /** In a row: someone else retries too, or the read model is of another log. */
    private static final int MOST_OVERTAKEN = 10;

    /** A retry is asked for over HTTP; who has more letters asks again. */
    static final Duration BOUND = Duration.ofSeconds(15);

    private final Projection projection;
    private final LetterStore store;
    private final EventLog log;
    private final Duration bound;
    private final Set<String> failedKeys = new HashSet<>();
    private final Map<String, Boolean> leftAlone = new HashMap<>();
    private final List<DeadLetter> failed = new ArrayList<>();
    private long applied;
    private int limit = MOST_AT_ONCE;
    private int overtaken;

    LetterRetry(Projection projection, LetterStore store, EventLog log, Duration bound) {
        this.bound = bound;
        this.projection = projection;
        this.store = store;
        this.log = log;
    }

    /**
     * @param key null: letters of every key
     * @param start position up to which letters were tried before
     */
    DeadLetters.Retried run(@Nullable String key, long start) {
        long deadline = System.nanoTime() + bound.toNanos();
        long after = start;
        // as short as the time may be, it gets on
        while ((after == start || System.nanoTime() - deadline < 0) && overtaken < MOST_OVERTAKEN) {
            List<DeadLetter> page = store.page(key, after, Long.MAX_VALUE, limit);
            if (page.isEmpty()) {
                return new DeadLetters.Retried(applied, failed, true, null);
            }
            List<DeadLetter> letters = page.stream()
                    .filter(letter ->
                            !failedKeys.contains(letter.sequenceKey()) && !waitsBehind(letter.sequenceKey(), start))
                    .toList();
            if (letters.isEmpty() || tried(letters)) {
                after = page.getLast().position();
            }
        }
        return new DeadLetters.Retried(applied, failed, false, after);
    }

    /** Behind a letter of its key that was tried before, in vain. */
    private boolean waitsBehind(String key, long start) {
        return start >= 0
                && leftAlone.computeIfAbsent(
                        key, one -> !store.page(one, -1, start, 1).isEmpty());
    }

    /** @return false when they are to be looked at again: fewer of them, or as they are now */
    private boolean tried(List<DeadLetter> letters) {
        try {
            String logId = log.logId();
            List<Recorded<?>> events = new ArrayList<>(letters.size());
            letters.forEach(letter -> events.add(event(letter)));
            if (store.replay(logId, letters, events)) {
                applied += letters.size();
                limit = Math.min(MOST_AT_ONCE, limit * 2);
                overtaken = 0;
                return true;
            }
            overtaken++;
            return false;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            if (Failures.isTransient(e)) {
                throw e;
            }
            if (letters.size() > 1) {
                limit = letters.size() / 2;
                return false;
            }
            DeadLetter letter = letters.getFirst();
            String error = Failures.withoutValues(e);
            store.failedAgain(letter, error);
            failedKeys.add(letter.sequenceKey());
            failed.add(letter.withError(error));
            return true;
        }
    }

    private Recorded<?> event(DeadLetter letter) {
        return log.read(letter.position() - 1, 1).stream()
                .findFirst()
                .<Recorded<?>>map(Batch::decode)
                .orElseThrow(() -> new LogAccess.Unavailable(
                        new IllegalStateException(projection.name() + " has a dead letter at position "
                                + letter.position() + ", which the log here does not reach")));
    }
}
