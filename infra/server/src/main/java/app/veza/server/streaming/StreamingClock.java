package app.veza.server.streaming;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets this node look again and again at what is due of live streams. What fails at one look is seen at the next. */
final class StreamingClock implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StreamingClock.class);
    private static final Duration WATCH = Duration.ofMillis(250);
    private static final Duration REAP = Duration.ofSeconds(1);

    private final AirWatch watch;
    private final ListenerReaper reaper;
    private @Nullable List<ScheduledExecutorService> clocks;

    StreamingClock(AirWatch watch, ListenerReaper reaper) {
        this.watch = watch;
        this.reaper = reaper;
    }

    @Override
    public void start() {
        // One each: ending the listening of thousands must not make anybody late off the air
        clocks = List.of(every(WATCH, "air-watch", watch::look), every(REAP, "listener-reaper", reaper::look));
    }

    private static ScheduledExecutorService every(Duration time, String name, Runnable look) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        look.run();
                    } catch (RuntimeException failure) {
                        log.warn("{} could not do what is due; it looks again", name, failure);
                    }
                },
                time.toMillis(),
                time.toMillis(),
                TimeUnit.MILLISECONDS);
        return clock;
    }

    @Override
    public void stop() {
        List<ScheduledExecutorService> stopped = clocks;
        if (stopped != null) {
            stopped.forEach(ScheduledExecutorService::shutdownNow);
            clocks = null;
        }
    }

    @Override
    public boolean isRunning() {
        return clocks != null;
    }
}
