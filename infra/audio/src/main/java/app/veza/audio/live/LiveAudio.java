package app.veza.audio.live;

import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.hls.LiveEdge;
import app.veza.audio.hls.SegmentName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams that are broadcast on this node. */
public final class LiveAudio implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveAudio.class);
    private static final long TICK_MILLIS = 100;
    /** Players that are behind read the end from memory, with the numbers that they know. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Sandbox sandbox;
    private final SegmentStore store;
    private final LiveSettings settings;
    private final Backlog backlog = new Backlog();
    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();
    /** Of which not all is stored yet that was heard here. */
    private final Map<String, LiveStream> leaving = new ConcurrentHashMap<>();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("veza-audio-clock").daemon().unstarted(task));

    public LiveAudio(Sandbox sandbox, SegmentStore store, LiveSettings settings) {
        this.sandbox = sandbox;
        this.store = store;
        this.settings = settings;
        clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * A broadcaster is there, who may broadcast into this stream. May block, on the storage, where the stream began elsewhere.
     *
     * @param began whether the stream was live before, here or elsewhere: it is gone on with
     * @param events where the stream is new on this node; who is told already stays
     * @throws IllegalStateException while it {@link #isLeaving}: what is stored then would bear the numbers of what is stored yet
     */
    public Broadcast connect(String streamId, boolean began, StreamEvents events, BroadcastSink sink) {
        var connected = new AtomicReference<Broadcast>();
        while (connected.get() == null) {
            // Read before, as other streams wait for what is computed of one
            List<SegmentName> stored = streams.containsKey(streamId) ? null : before(streamId, began);
            streams.compute(streamId, (id, known) -> {
                LiveStream stream = known;
                if (stream == null && stored != null) {
                    var place = new StoredStream(store, id);
                    stream = new LiveStream(sandbox, settings, place, stored, backlog, events, began);
                }
                if (stream != null) {
                    connected.set(stream.connect(sink));
                }
                return stream;
            });
        }
        return connected.get();
    }

    /** One that was never live has nothing stored that counts, and begins though the storage is away. */
    private List<SegmentName> before(String streamId, boolean began) {
        if (isLeaving(streamId)) {
            throw new IllegalStateException(
                    "Not all that was heard here of stream %s before is stored yet".formatted(streamId));
        }
        return began ? new StoredStream(store, streamId).segments() : List.of();
    }

    /** Of a stream that is broadcast here, or was a minute ago. */
    public Optional<LiveEdge> edge(String streamId) {
        return Optional.ofNullable(streams.get(streamId)).map(LiveStream::edge);
    }

    public Optional<LiveStream> stream(String streamId) {
        return Optional.ofNullable(streams.get(streamId));
    }

    /** Streams that are broadcast here, or waited for. */
    public List<String> streamIds() {
        return List.copyOf(streams.keySet());
    }

    /** Those, and streams that were handed over and of which not all is stored yet: nobody is to go on with them before that. */
    public Set<String> heldIds() {
        // In this order, as they go from the one to the other
        var held = new HashSet<>(streams.keySet());
        held.addAll(leaving.keySet());
        return held;
    }

    /** Whether it was handed over, and not all is stored yet that was heard here. */
    public boolean isLeaving(String streamId) {
        return leaving.containsKey(streamId);
    }

    /** It is over. Completes when it can be played from the storage; at once when it is not broadcast here. */
    public CompletableFuture<Void> stop(String streamId) {
        LiveStream stream = streams.get(streamId);
        if (stream == null) {
            return CompletableFuture.completedFuture(null);
        }
        return stream.stop()
                .thenRun(() -> clock.schedule(
                        () -> streams.remove(streamId, stream), REMEMBERED.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** It goes on elsewhere. Completes when what was heard here is in the storage; at once when it is not broadcast here. */
    public CompletableFuture<Void> handOver(String streamId) {
        streams.computeIfPresent(streamId, (id, stream) -> {
            leaving.put(id, stream);
            return null;
        });
        LiveStream stream = leaving.get(streamId);
        return stream == null
                ? CompletableFuture.completedFuture(null)
                : stream.handOver().thenRun(() -> leaving.remove(streamId, stream));
    }

    private void tick() {
        leaving.values().forEach(LiveStream::tick);
        streams.forEach((id, stream) -> {
            stream.tick();
            if (stream.isIdle()) {
                // Asked again where nobody can connect meanwhile
                streams.computeIfPresent(id, (same, present) -> present.isIdle() ? null : present);
            }
        });
    }

    /** Hands over all streams, so that other nodes can go on with them. */
    @Override
    public void close() {
        var all = heldIds().stream().map(this::handOver).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            log.warn("Not all that was heard of {} streams is in the storage", all.length, late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
    }
}
