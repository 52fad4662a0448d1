package app.veza.projectionengine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How much this machine is late, by a thread that does nothing but wake up: what a bound of time must grant to a busy one. */
final class Hiccups implements AutoCloseable {
    private static final long NAP = 10_000_000;

    private volatile boolean over;
    private volatile long longest;
    private final Thread thread = Thread.ofPlatform().daemon().start(this::run);

    private void run() {
        while (!over) {
            long from = System.nanoTime();
            LockSupport.parkNanos(NAP);
            longest = Math.max(longest, System.nanoTime() - from - NAP);
        }
    }

    Duration longest() {
        return Duration.ofNanos(longest);
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }
}
