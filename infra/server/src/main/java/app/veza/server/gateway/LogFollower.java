package app.veza.server.gateway;

import app.veza.event.EventTypes;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.RoomClosed;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonUnblocked;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.streaming.GuestRemoved;
import app.veza.gateway.Topics;
import app.veza.projectionengine.LoggedEvent;
import app.veza.server.gateway.StreamSubscriptions.Streams;
import app.veza.server.node.LoggedEvents;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log from its end, one thread a node, and tells this node's sockets what happens: events of rooms and
 * streams to who subscribes, and that a membership or a session is over.
 */
final class LogFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogFollower.class);
    private static final Duration LOOK_UP = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration END = Duration.ofSeconds(2);
    private static final Duration LISTENERS_EVERY = Duration.ofMillis(500);
    private static final int BATCH = 1000;
    private static final Set<String> TYPES = types();

    /** Those that concern nobody but who follows their room. Who comes and goes is seen elsewhere, too. */
    private static final Set<String> WITHIN_ROOMS = RoomEvent.TYPES.stream()
            .filter(type -> !type.equals(EventTypes.nameOf(MemberJoined.class)))
            .filter(type -> !type.equals(EventTypes.nameOf(MemberLeft.class)))
            .collect(Collectors.toUnmodifiableSet());

    private final LoggedEvents events;
    private final Topics topics;
    private final RoomFrames frames;
    private final Streams streams;
    private final Notifications notifications;
    private final Listener listener;
    private final Thread thread;
    private volatile String logId;
    private volatile long position;
    private volatile long lookedAt = System.nanoTime();
    private long listenersToldAt = System.nanoTime();
    private volatile boolean closed;

    /** Called one at a time, on the thread that tells sockets: it must not block. */
    interface Listener {

        /** @param event what it says, of those that decide who may see what, or who is there; of some others too */
        void happened(long position, @Nullable Object event);

        /** What happens after the position is told from now on; called first of all. */
        void startsAt(long position);

        /** Positions told before may mean other events now: whoever was told them must go. */
        void startedOver();
    }

    /** Notes the end of the log: what follows is told once it is started. */
    LogFollower(
            LoggedEvents events,
            Topics topics,
            RoomFrames frames,
            Streams streams,
            Notifications notifications,
            Listener listener) {
        this.events = events;
        this.topics = topics;
        this.frames = frames;
        this.streams = streams;
        this.notifications = notifications;
        this.listener = listener;
        this.logId = events.logId();
        this.position = events.head();
        this.thread = Thread.ofPlatform().name("gateway-follower").daemon().unstarted(this::follow);
        topics.advance(position);
        streams.live().startAt(position);
        listener.startsAt(position);
    }

    void start() {
        thread.start();
    }

    long position() {
        return position;
    }

    /**
     * Waits until it follows the log that is in use here. A socket that opens before that would be closed with those of the log that was,
     * though its client knows no position of it.
     *
     * @return false when the time ran out
     */
    boolean followsLogInUse(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!logId.equals(events.logId())) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    /** Since it last read the log, or found nothing new in it. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lookedAt);
    }

    private static Set<String> types() {
        Set<String> types = new HashSet<>(RoomEvent.TYPES);
        types.addAll(StreamEvent.TYPES);
        types.add(EventTypes.nameOf(RoomClosed.class));
        types.add(EventTypes.nameOf(SessionEnded.class));
        types.add(EventTypes.nameOf(NotificationRaised.class));
        types.add(EventTypes.nameOf(ProfileChanged.class));
        types.add(EventTypes.nameOf(PersonBlocked.class));
        types.add(EventTypes.nameOf(PersonUnblocked.class));
        return Set.copyOf(types);
    }

    private void follow() {
        while (!closed) {
            try {
                List<? extends LoggedEvent> following =
                        events.awaitPast(position, LOOK_UP) ? events.read(position, BATCH) : List.of();
                if (!events.logId().equals(logId)) {
                    startOver();
                    continue;
                }
                for (LoggedEvent event : following) {
                    pass(event);
                    position = event.position();
                    lookedAt = System.nanoTime();
                }
                tellListeners();
                lookedAt = System.nanoTime();
            } catch (InterruptedException interrupted) {
                closed = true;
            } catch (RuntimeException failure) {
                // Later events must not overtake this one: it is tried until it can be told
                log.error("Events after position {} could not be told; trying again", position, failure);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** From the end of what the log is now, once it has been read up to there; until then nothing can be told. */
    private void startOver() {
        String replaced = logId;
        String inUse = events.logId();
        // Fails while it is read
        events.read(0, 1);
        position = events.indexedPosition();
        // First, so that whoever comes back subscribes from where this follower is
        topics.restart(position);
        frames.forget();
        streams.live().startAt(position);
        listener.startsAt(position);
        listener.startedOver();
        logId = inUse;
        log.warn(
                "Log {} was replaced by log {}: sockets were closed, for the positions that they know mean nothing in it",
                replaced,
                inUse);
    }

    private void pass(LoggedEvent event) {
        // First of all: who subscribes after it was looked whether anybody does finds this position and replays it
        topics.advance(event.position());
        Object payload = concernsAnybody(event) ? LoggedEvents.readable(event) : null;
        streams.live().pass(event);
        RoomEvent.of(event.position(), event.timestamp(), payload).ifPresent(this::publish);
        StreamEvent.of(event.position(), payload).ifPresent(this::publish);
        switch (payload) {
            // After its own event, so that who left is told so
            case MemberLeft left ->
                topics.unsubscribe(
                        RoomEvent.topic(left.roomId()),
                        event.position(),
                        principal -> principal.id().equals(left.personId().toString()),
                        frames.unsubscribed(left, event.position()));
            case RoomClosed room ->
                topics.close(RoomEvent.topic(room.roomId()), frames.closed(room.roomId(), event.position()));
            case GuestRemoved removed -> turnAway(removed, event.position());
            case ProfileChanged changed -> frames.rename(changed.personId(), changed.displayName());
            case NotificationRaised raised -> notifications.raised(event.position(), event.timestamp(), raised);
            case null, default -> {}
        }
        listener.happened(event.position(), payload);
    }

    /** By its type and tags: what happens in rooms that nobody here follows is not even decoded. */
    private boolean concernsAnybody(LoggedEvent event) {
        return TYPES.contains(event.type())
                && (!WITHIN_ROOMS.contains(event.type())
                        || event.tags().stream().anyMatch(topics::hasSubscribers));
    }

    private void publish(RoomEvent event) {
        if (topics.hasSubscribers(event.topic())) {
            frames.live(event).ifPresent(frame -> topics.publish(event.topic(), event.position(), frame));
        }
    }

    private void publish(StreamEvent event) {
        if (topics.hasSubscribers(event.topic())) {
            streams.frames().of(event).ifPresent(frame -> topics.publish(event.topic(), event.position(), frame));
        }
    }

    /** To a public stream nobody needs an invitation. */
    private void turnAway(GuestRemoved removed, long position) {
        if (streams.frames().isPrivate(removed.streamId())) {
            topics.unsubscribe(
                    StreamEvent.topic(removed.streamId()),
                    position,
                    principal -> principal.id().equals(removed.personId().toString()),
                    streams.frames().unsubscribed(removed));
        }
    }

    /** However many come and go, once in a while and as a signal: the next one tells it anew. */
    private void tellListeners() {
        long now = System.nanoTime();
        if (now - listenersToldAt < LISTENERS_EVERY.toNanos()) {
            return;
        }
        listenersToldAt = now;
        for (UUID stream : streams.live().takeCounted()) {
            if (topics.hasSubscribers(StreamEvent.topic(stream))) {
                streams.frames().listeners(stream).ifPresent(frame -> topics.signal(StreamEvent.topic(stream), frame));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(END);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
