package app.veza.audio.live;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits in memory for a storage that is away, of all streams of a node together: some 25 KB a second of each, so an hour and a half
 * of one, two minutes of forty.
 */
final class Backlog {

    private static final long MOST_BYTES = 128L << 20;

    private final AtomicLong waiting = new AtomicLong();

    /** @return whether there is room; if so it is taken until {@link #leave} */
    boolean enter(long bytes) {
        if (waiting.addAndGet(bytes) <= MOST_BYTES) {
            return true;
        }
        leave(bytes);
        return false;
    }

    void leave(long bytes) {
        waiting.addAndGet(-bytes);
    }
}
