package app.veza.server.live;

import app.veza.event.EventTypes;
import app.veza.event.streaming.StreamStopped;
import app.veza.projectionengine.LoggedEvent;
import app.veza.server.node.LoggedEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log from its end: streams that end, wherever that was said. What ended while no node was there the finisher finds. */
final class LiveFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveFollower.class);
    private static final Duration LOOK_UP = Duration.ofSeconds(1);
    private static final int BATCH = 1000;
    private static final String STOPPED = EventTypes.nameOf(StreamStopped.class);

    private final LoggedEvents events;
    private final LiveFinisher finisher;
    private final Thread thread;
    private volatile long position;
    private volatile long lookedAt = System.nanoTime();
    private volatile boolean closed;

    LiveFollower(LoggedEvents events, LiveFinisher finisher) {
        this.events = events;
        this.finisher = finisher;
        this.position = events.head();
        this.thread = Thread.ofVirtual().name("live-follower").unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    private void follow() {
        while (!closed) {
            try {
                if (position > events.head()) {
                    // The log was restored to an earlier state
                    position = events.head();
                }
                List<? extends LoggedEvent> read =
                        events.awaitPast(position, LOOK_UP) ? events.read(position, BATCH) : List.of();
                for (LoggedEvent event : read) {
                    if (event.type().equals(STOPPED) && LoggedEvents.readable(event) instanceof StreamStopped stopped) {
                        finisher.ended(stopped.streamId());
                    }
                    position = event.position();
                }
                lookedAt = System.nanoTime();
            } catch (InterruptedException stopped) {
                closed = true;
            } catch (RuntimeException failure) {
                log.error("What happened to streams after position {} is read again", position, failure);
                LockSupport.parkNanos(LOOK_UP.toNanos());
            }
        }
    }

    /** Up to where the log was read. */
    long position() {
        return position;
    }

    /** Since the last look at the log, which is at one each second when nothing happens. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lookedAt);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
