package app.veza.eventstore;

import java.util.concurrent.TimeUnit;

/**
 * Whether the log holds what the node that sequences has sent: now and then the hash of the last append is compared with the one
 * that stands in the stream, and one hash vouches for everything before it. Used by the sequencer's thread.
 */
final class Agreement {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final Runnable wake;
    private long next = System.nanoTime();
    private long compared;
    private volatile boolean broken;

    Agreement(Runnable wake) {
        this.wake = wake;
    }

    void compare(LogConnection connection, LogPoint point) {
        long now = System.nanoTime();
        if (now - next < 0 || point.sequence() == compared) {
            return;
        }
        next = now + INTERVAL;
        compared = point.sequence();
        String expected = Chain.text(point.chainHash());
        // a replica of the stream that lags has no answer yet
        connection.chainAt(point.sequence()).thenAccept(found -> {
            if (found.isPresent() && !found.get().equals(expected)) {
                broken = true;
                wake.run();
            }
        });
    }

    /** What was read here is not what the log holds. */
    boolean isBroken() {
        return broken;
    }

    void reset() {
        broken = false;
        compared = 0;
    }
}
