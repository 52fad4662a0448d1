package app.veza.projectionengine;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** Speed of a position over the last ten seconds. Not safe for several threads. */
final class Rate {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(250);

    private record Sample(long position, long nanos) {}

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private long newest;

    void at(long position, long nanos) {
        if (position < newest) {
            // it went back: a rebuild, or a target that lost its newest data
            samples.clear();
        }
        newest = position;
        if (samples.isEmpty() || nanos - samples.getLast().nanos() >= STEP) {
            samples.addLast(new Sample(position, nanos));
        }
        forget(nanos);
    }

    double perSecond(long nanos) {
        forget(nanos);
        if (samples.isEmpty()) {
            return 0;
        }
        Sample oldest = samples.getFirst();
        long elapsed = Math.max(STEP, nanos - oldest.nanos());
        return (newest - oldest.position()) * 1e9 / elapsed;
    }

    private void forget(long nanos) {
        // the newest of those outside stays: the window starts at it
        while (samples.size() > 1 && nanos - samples.getFirst().nanos() > WINDOW) {
            samples.removeFirst();
        }
        if (samples.size() == 1 && nanos - samples.getFirst().nanos() > WINDOW) {
            samples.clear();
        }
    }
}
