package app.veza.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Ctrl-C, SIGTERM or a closed terminal. Taken by hand rather than by a shutdown hook, so that stopping is the main thread's
 * work, in its order: nodes first, then what they stand on.
 */
final class StopSignal {

    private static final int INTERRUPTED = 130;

    private final CountDownLatch received = new CountDownLatch(1);
    private volatile boolean orderly;

    private StopSignal() {}

    static StopSignal listen() {
        StopSignal stop = new StopSignal();
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), signal -> stop.received());
        }
        return stop;
    }

    /** The first signal asks for an orderly end; before there is anything to end, and with the second, this process just ends. */
    private void received() {
        if (!orderly || received.getCount() == 0) {
            // children get their own stop signals from the kernel
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        received.countDown();
    }

    /** From now on the main thread looks for the signal. */
    void orderly() {
        orderly = true;
    }

    boolean isReceived() {
        return received.getCount() == 0;
    }

    /** Waits that long at most; returns whether the signal came. */
    boolean await(long millis) throws InterruptedException {
        return received.await(millis, TimeUnit.MILLISECONDS);
    }
}
