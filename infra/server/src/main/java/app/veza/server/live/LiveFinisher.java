package app.veza.server.live;

import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.hls.Playlists;
import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.SegmentName;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.Recording;
import app.veza.audio.live.SegmentStore;
import app.veza.audio.live.StoredStream;
import app.veza.command.History;
import app.veza.command.Rejection;
import app.veza.command.http.Commands;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.markrecordingready.MarkRecordingReady;
import app.veza.eventstore.command.CommandOptions;
import app.veza.stores.Redis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done once a stream has ended: its recording, or that nothing of it stays. A stream that began leaves a note in the
 * storage, and so does one that is not wanted any more; it goes when all is done. Whichever node finds one of an ended stream does what
 * is left, so no death of a node leaves a stream without its end.
 */
final class LiveFinisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveFinisher.class);
    private static final String UNFINISHED = "live-unfinished/";
    /** Notes of their own: whoever finishes a recording takes the other one away, and may know of no deletion yet. */
    private static final String UNWANTED = "live-unwanted/";

    /** Renewed while a recording is made; after a node's death another one begins when this is over. */
    private static final Duration LOCKED = Duration.ofMinutes(5);

    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofSeconds(15);
    /** Of what is not kept, listeners who are behind get the rest yet. */
    private static final Duration KEPT_UNRECORDED = Duration.ofMinutes(2);

    private final LiveAudio audio;
    private final LiveOwners owners;
    private final Sandbox sandbox;
    private final SegmentStore store;
    private final History history;
    private final Commands commands;
    private final Redis redis;
    private final String lockPrefix;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            2, Thread.ofVirtual().name("live-finisher-", 0).factory());

    LiveFinisher(
            LiveAudio audio,
            LiveOwners owners,
            Sandbox sandbox,
            SegmentStore store,
            History history,
            Commands commands,
            Redis redis,
            String keyPrefix) {
        this.audio = audio;
        this.owners = owners;
        this.sandbox = sandbox;
        this.store = store;
        this.history = history;
        this.commands = commands;
        this.redis = redis;
        this.lockPrefix = keyPrefix + "live-finishing:";
        // Notes say what is to be done later, to whichever node
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        clock.scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something of a stream is about to be stored. Durable when it returns. */
    void note(UUID streamId) {
        note(UNFINISHED, streamId);
    }

    /** A stream has ended: whoever broadcasts it here is done, and what follows is begun at once, also where its node is dead. */
    void ended(UUID streamId) {
        audio.stop(streamId.toString()).thenRunAsync(() -> finish(streamId), clock);
    }

    /** The log says that nothing of it is to stay. Durable when it returns; done at once where it has ended, else when it has. */
    void discard(UUID streamId) {
        note(UNWANTED, streamId);
        // What is still on its way into the storage would come after
        audio.stop(streamId.toString()).thenRunAsync(() -> finish(streamId), clock);
    }

    /** What follows from the stream's last change of phase. */
    CommandOptions following(UUID streamId) {
        return StreamLook.at(history, streamId).map(StreamLook::following).orElseGet(CommandOptions::none);
    }

    private void note(String kind, UUID streamId) {
        store.put(kind + streamId, new byte[0], "application/octet-stream");
    }

    private boolean isNoted(String kind, UUID streamId) {
        return !store.keys(kind + streamId).isEmpty();
    }

    private void sweep() {
        try {
            for (String kind : List.of(UNFINISHED, UNWANTED)) {
                for (String key : store.keys(kind)) {
                    UUID streamId = UUID.fromString(key.substring(kind.length()));
                    if (audio.edge(streamId.toString()).isEmpty()) {
                        finish(streamId);
                    }
                }
            }
        } catch (RuntimeException failure) {
            log.warn("Streams that have ended are looked for again in {} s: {}", SWEEP.toSeconds(), failure.toString());
        }
    }

    private void finish(UUID streamId) {
        try {
            String id = streamId.toString();
            if (audio.isLeaving(id) || owners.elsewhere(id).isPresent()) {
                // What is not stored yet, here or there, would come after
                return;
            }
            Optional<StreamLook> look = StreamLook.at(history, streamId);
            if (look.isPresent() && look.get().phase() != Phase.ENDED) {
                return;
            }
            Optional<FinishingLock> taken = FinishingLock.take(redis, lockPrefix + streamId, LOCKED);
            if (taken.isEmpty()) {
                return;
            }
            try (FinishingLock lock = taken.get()) {
                if (!isNoted(UNFINISHED, streamId) && !isNoted(UNWANTED, streamId)) {
                    // Nothing was ever stored, or another node did all of it meanwhile
                    return;
                }
                if (look.isEmpty() || look.get().unwanted()) {
                    delete(streamId);
                } else {
                    finish(streamId, look.get());
                }
            }
        } catch (RuntimeException failure) {
            log.warn("Stream {} is not finished yet, and tried again", streamId, failure);
        }
    }

    private void finish(UUID streamId, StreamLook look) {
        var stored = new StoredStream(store, streamId.toString());
        List<SegmentName> segments = stored.segments();
        if (!segments.isEmpty()) {
            Rendition.ladder()
                    .forEach(rendition -> store.put(
                            stored.key(rendition, StoredStream.PLAYLIST),
                            Playlists.ended(segments),
                            Playlists.CONTENT_TYPE));
        }
        if (!look.created().record()) {
            clock.schedule(() -> forget(streamId), KEPT_UNRECORDED.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        if (!look.recorded() && !segments.isEmpty()) {
            record(streamId, stored, look);
        }
        store.delete(UNFINISHED + streamId);
    }

    private void record(UUID streamId, StoredStream stored, StreamLook look) {
        Optional<Recording> made = Recording.make(sandbox, stored, look.title());
        if (made.isEmpty()) {
            return;
        }
        try {
            commands.run(
                    new MarkRecordingReady(
                            streamId, made.get().durationMillis(), made.get().bytes()),
                    look.following());
        } catch (Rejection unwanted) {
            log.info("The recording of stream {} is not kept: {}", streamId, unwanted.detail());
            delete(streamId);
        }
    }

    /** Nothing of it stays, whatever it was. */
    private void delete(UUID streamId) {
        String id = streamId.toString();
        audio.handOver(id).join();
        new StoredStream(store, id).delete();
        store.delete(UNFINISHED + streamId);
        store.delete(UNWANTED + streamId);
    }

    private void forget(UUID streamId) {
        try {
            delete(streamId);
        } catch (RuntimeException failure) {
            log.warn("What is left of stream {} is deleted later: {}", streamId, failure.toString());
        }
    }

    /** What is under way is finished, unless it is long: nobody else does it before its lock is over. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("A recording is not finished yet: another node makes it in {} min", LOCKED.toMinutes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
    }
}
