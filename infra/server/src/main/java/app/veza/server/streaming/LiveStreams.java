package app.veza.server.streaming;

import app.veza.command.History;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamDescribed;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projectionengine.LoggedEvent;
import app.veza.server.node.LoggedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All streams that have not ended, as this node's index of the log has them, and those that have for as long as the log says that
 * somebody listens. The gateway's follower passes the log on, so that what is looked up while it tells of an event is as that
 * event left it.
 */
public final class LiveStreams {

    @SuppressWarnings("unchecked")
    static final Class<? extends VezaEvent>[] OF_A_STREAM = new Class[] {
        StreamCreated.class,
        StreamWentLive.class,
        StreamInterrupted.class,
        StreamResumed.class,
        StreamDescribed.class,
        StreamStopped.class,
        RecordingReady.class,
        RecordingDeleted.class,
        ListenerJoined.class,
        ListenerLeft.class,
        GuestRemoved.class
    };

    /** Names of the events that are looked at, as they stand in the log. */
    static final Set<String> TYPES = Stream.concat(Stream.of(OF_A_STREAM), Stream.of(PersonErased.class))
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private static final int BATCH = 5000;
    private static final Duration LOOK_UP = Duration.ofSeconds(1);

    private final LoggedEvents events;
    private final History history;
    private final StreamHistory ended;
    private final Map<UUID, TrackedStream> streams = new HashMap<>();
    private final Map<UUID, UUID> streamOf = new HashMap<>();
    private final Set<UUID> counted = new HashSet<>();
    private long position;
    private boolean isReady;

    LiveStreams(LoggedEvents events, History history) {
        this.events = events;
        this.history = history;
        this.ended = new StreamHistory(history);
    }

    /**
     * One that is on the air or was cut off.
     *
     * @param since position of the event by which it came to its phase
     * @param at when that was
     * @param isForsaken whether its broadcaster was erased
     */
    record Air(UUID streamId, UUID broadcasterId, Phase phase, long since, Instant at, boolean isForsaken) {}

    /** Somebody listens. */
    record Listening(UUID streamId, UUID listeningId, UUID personId) {}

    /** Reads what happened up to the position, from the beginning of the log, in place of all that was read before. */
    public void startAt(long until) {
        synchronized (this) {
            streams.clear();
            streamOf.clear();
            counted.clear();
            position = 0;
            isReady = false;
        }
        while (position() < until) {
            List<? extends LoggedEvent> read = events.read(position(), BATCH, TYPES);
            read.forEach(this::pass);
            if (read.isEmpty()) {
                await();
            }
        }
        synchronized (this) {
            counted.clear();
            isReady = true;
        }
    }

    private void await() {
        try {
            events.awaitPast(position(), LOOK_UP);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node stops", stopping);
        }
    }

    /** The next event of the log, of whichever type; those that were read before are passed over. */
    public synchronized void pass(LoggedEvent event) {
        if (event.position() <= position) {
            return;
        }
        if (TYPES.contains(event.type()) && LoggedEvents.readable(event) instanceof VezaEvent payload) {
            apply(payload, event.position(), event.timestamp());
        }
        position = event.position();
    }

    private void apply(VezaEvent event, long at, Instant time) {
        if (event instanceof PersonErased erased) {
            streams.values().stream()
                    .filter(stream -> stream.broadcasterId().equals(erased.personId()))
                    .forEach(TrackedStream::forsake);
            return;
        }
        UUID id = streamOf(event);
        if (event instanceof StreamCreated created) {
            streams.put(id, new TrackedStream(created, at, time));
        }
        TrackedStream stream = streams.get(id);
        if (stream == null) {
            return;
        }
        stream.apply(event, at, time);
        switch (event) {
            case ListenerJoined joined -> {
                streamOf.put(joined.listeningId(), id);
                counted.add(id);
            }
            case ListenerLeft left -> {
                streamOf.remove(left.listeningId());
                counted.add(id);
            }
            default -> {}
        }
        if (stream.hasEnded() && stream.listening().isEmpty()) {
            streams.remove(id);
        }
    }

    private static UUID streamOf(VezaEvent event) {
        return switch (event) {
            case StreamCreated e -> e.streamId();
            case StreamWentLive e -> e.streamId();
            case StreamInterrupted e -> e.streamId();
            case StreamResumed e -> e.streamId();
            case StreamDescribed e -> e.streamId();
            case StreamStopped e -> e.streamId();
            case RecordingReady e -> e.streamId();
            case RecordingDeleted e -> e.streamId();
            case ListenerJoined e -> e.streamId();
            case ListenerLeft e -> e.streamId();
            case GuestRemoved e -> e.streamId();
            default -> throw new IllegalArgumentException("No event of a stream: " + event);
        };
    }

    public synchronized long position() {
        return position;
    }

    /** Whether the person may know of the stream, as this node's index has it. */
    boolean isKnownTo(UUID personId, UUID streamId) {
        Broadcast broadcast = Broadcast.UNKNOWN;
        for (VezaEvent event : history.read(Broadcast.boundary(streamId, personId))) {
            broadcast = broadcast.evolve(event, broadcast.since());
        }
        return broadcast.isKnownTo(personId);
    }

    /** As it is at {@link #position}; one that has ended is read from the index. Empty when the log has no such stream. */
    public Optional<StreamState> state(UUID streamId) {
        synchronized (this) {
            TrackedStream stream = streams.get(streamId);
            if (stream != null) {
                return Optional.of(stream.state());
            }
        }
        return ended.state(streamId);
    }

    /** Whether it has begun and not ended, its broadcaster there or cut off; as it is at {@link #position}. */
    public synchronized boolean isOnAir(UUID streamId) {
        TrackedStream stream = streams.get(streamId);
        return stream != null && (stream.phase() == Phase.LIVE || stream.phase() == Phase.INTERRUPTED);
    }

    /** Somebody was told how many listen before it became so: they are told with whoever else is told next. */
    public synchronized void tellCount(UUID streamId) {
        counted.add(streamId);
    }

    /** Streams whose listeners became more or fewer since this was asked last, or are to be told all the same. */
    public synchronized Set<UUID> takeCounted() {
        Set<UUID> taken = Set.copyOf(counted);
        counted.clear();
        return taken;
    }

    synchronized List<Air> onAir() {
        return known().filter(stream -> !stream.hasEnded())
                .filter(stream -> stream.phase() != Phase.CREATED || stream.isForsaken())
                .map(stream -> new Air(
                        stream.id(),
                        stream.broadcasterId(),
                        stream.phase(),
                        stream.since(),
                        stream.at(),
                        stream.isForsaken()))
                .toList();
    }

    synchronized Optional<Listening> listening(UUID listeningId) {
        return Optional.ofNullable(streamOf.get(listeningId))
                .map(stream -> new Listening(
                        stream, listeningId, streams.get(stream).listening().get(listeningId)));
    }

    /** One of the person's that goes on, by whichever session. */
    synchronized Optional<UUID> listening(UUID streamId, UUID personId) {
        return Optional.ofNullable(streams.get(streamId))
                .flatMap(stream -> stream.listening().entrySet().stream()
                        .filter(entry -> entry.getValue().equals(personId))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    /** All that go on by the log. */
    synchronized List<Listening> listenings() {
        return known().flatMap(LiveStreams::listenings).toList();
    }

    /** Those of streams that have ended. */
    synchronized List<Listening> left() {
        return known().filter(TrackedStream::hasEnded)
                .flatMap(LiveStreams::listenings)
                .toList();
    }

    /** Those of people who are no guests any more. */
    synchronized List<Listening> unwelcome() {
        return known().flatMap(stream -> stream.unwelcome().stream()
                        .map(id -> new Listening(
                                stream.id(), id, stream.listening().get(id))))
                .toList();
    }

    /** None while the log is read up to here: what is not read to its end is seen as it was. */
    private Stream<TrackedStream> known() {
        return isReady ? streams.values().stream() : Stream.empty();
    }

    private static Stream<Listening> listenings(TrackedStream stream) {
        return stream.listening().entrySet().stream()
                .map(entry -> new Listening(stream.id(), entry.getKey(), entry.getValue()));
    }
}
