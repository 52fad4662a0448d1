package app.veza.server.admin;

import app.veza.command.Overloaded;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;

/**
 * The streams that are open on this node: so many at most, and all ended before the web server waits for its requests to
 * end, which a stream would not do by itself.
 */
final class EventStreams implements SmartLifecycle {

    private static final int MOST = 32;

    private final Semaphore places = new Semaphore(MOST);
    private volatile boolean running;

    /** @throws Overloaded when there are too many */
    AutoCloseable open() {
        if (!places.tryAcquire()) {
            throw new Overloaded(
                    "%d streams of events are open on this node, which is all it takes.".formatted(MOST),
                    Duration.ofSeconds(10));
        }
        return places::release;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First of all to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
