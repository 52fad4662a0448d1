package app.veza.server.erasure;

import java.time.Duration;

/** Waits for what others do, a moment at a time, and not for ever. */
final class Patience {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private Patience() {}

    interface Condition<E extends Exception> {
        boolean holds() throws E;
    }

    /** @return whether it came to hold in time */
    static <E extends Exception> boolean until(Duration atMost, Condition<E> condition) throws E, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return true;
    }
}
