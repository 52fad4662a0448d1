package app.veza.eventstore.command;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How often and after what pause a decision is made again that others overtook.
 *
 * @param attempts in all, the first one included
 * @param firstPause the mean of the first; each later one is twice as long
 */
record RetryPolicy(int attempts, Duration firstPause) {

    static final RetryPolicy DEFAULT = new RetryPolicy(8, Duration.ofMillis(1));

    /** Between nothing and twice the mean, evenly: those who collided once shall not do so again. */
    void pauseAfter(int attempt) {
        long mean = firstPause.toNanos() << (attempt - 1);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2 * mean));
    }
}
