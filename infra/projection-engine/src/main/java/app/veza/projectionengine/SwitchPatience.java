package app.veza.projectionengine;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a switch waits for those who read the views. Whoever comes to read meanwhile waits behind it: so it waits shortly, and never
 * for more than a sixth of the time. Where somebody reads at any moment, as busy analysts do, only who waits for as long as they read
 * gets his turn: so it waits longer when it was put off for a while.
 */
final class SwitchPatience {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONGER = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration LONGER_AFTER = Duration.ofMinutes(1);
    private static final Duration LONGEST_AFTER = Duration.ofMinutes(10);
    private static final int REST = 5;

    private final LongSupplier nanos;
    private boolean isPutOff;
    private long putOffSince;
    private long restsUntil;

    /** @param nanos as {@link System#nanoTime} */
    SwitchPatience(LongSupplier nanos) {
        this.nanos = nanos;
        this.restsUntil = nanos.getAsLong();
    }

    /** Whether it was tried a moment ago. */
    boolean rests() {
        return nanos.getAsLong() - restsUntil < 0;
    }

    /** For a lock that readers hold. */
    Duration lockTimeout() {
        long since = isPutOff ? nanos.getAsLong() - putOffSince : 0;
        return since < LONGER_AFTER.toNanos() ? SHORT : since < LONGEST_AFTER.toNanos() ? LONGER : LONGEST;
    }

    /** Readers held the lock for that long. */
    void putOff() {
        rest();
        if (!isPutOff) {
            isPutOff = true;
            putOffSince = nanos.getAsLong();
        }
    }

    /** Not for readers' sake. */
    void rest() {
        restsUntil = nanos.getAsLong() + lockTimeout().multipliedBy(REST).toNanos();
    }

    /** Nothing is put off any more. */
    void done() {
        isPutOff = false;
    }
}
