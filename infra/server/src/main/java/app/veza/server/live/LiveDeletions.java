package app.veza.server.live;

import app.veza.audio.live.SegmentStore;
import app.veza.command.History;
import app.veza.event.EventTypes;
import app.veza.event.identity.PersonErased;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.projectionengine.LoggedEvent;
import app.veza.server.node.LoggedEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings and people that are to be no more, as the log says. Up to where it was read stands in the storage, for all nodes: what
 * was said while none was there, or while the storage was away, is read later, and what two nodes read is done once more, which changes
 * nothing.
 */
final class LiveDeletions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveDeletions.class);

    /** Id of the log and position in it: in a log that was restored positions mean others. */
    private static final String READ = "live-deletions-read";

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int BATCH = 5000;
    private static final Set<String> TYPES =
            Set.of(EventTypes.nameOf(RecordingDeleted.class), EventTypes.nameOf(PersonErased.class));

    private final LoggedEvents events;
    private final History history;
    private final SegmentStore store;
    private final LiveFinisher finisher;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("live-deletions").factory());
    private String logId = "";
    private long position;

    LiveDeletions(LoggedEvents events, History history, SegmentStore store, LiveFinisher finisher) {
        this.events = events;
        this.history = history;
        this.store = store;
        this.finisher = finisher;
    }

    void start() {
        clock.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            String now = events.logId();
            if (!logId.equals(now) || position > events.head()) {
                position = read(now);
                logId = now;
            }
            for (long before = -1; before != position; ) {
                before = position;
                readOn();
            }
        } catch (RuntimeException failure) {
            log.warn(
                    "What is to be deleted of streams is looked for again behind position {}: {}",
                    position,
                    failure.toString());
        }
    }

    private void readOn() {
        boolean found = false;
        for (LoggedEvent event : events.read(position, BATCH, TYPES)) {
            if (TYPES.contains(event.type())) {
                unwanted(LoggedEvents.readable(event)).forEach(finisher::discard);
                found = true;
            }
            position = event.position();
        }
        if (found) {
            store.put(READ, (logId + " " + position).getBytes(StandardCharsets.UTF_8), "text/plain");
        }
    }

    private List<UUID> unwanted(@Nullable Object event) {
        return switch (event) {
            case RecordingDeleted deleted -> List.of(deleted.streamId());
            case PersonErased erased -> StreamLook.ofBroadcaster(history, erased.personId());
            case null, default -> List.of();
        };
    }

    /** 0 when another log was read, or more than there is of this one. */
    private long read(String now) {
        return store.get(READ)
                .map(found -> new String(found, StandardCharsets.UTF_8).split(" "))
                .filter(found -> found[0].equals(now))
                .map(found -> Long.parseLong(found[1]))
                .filter(found -> found <= events.head())
                .orElse(0L);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
