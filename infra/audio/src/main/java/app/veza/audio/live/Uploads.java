package app.veza.audio.live;

import app.veza.audio.hls.HeldSegment;
import app.veza.audio.hls.LiveEdge;
import app.veza.audio.hls.Playlists;
import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.SegmentName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a stream's segments into the storage, one after the other. While the storage is away they wait in memory, as far as the
 * {@link Backlog} allows: then the newest are given up, which costs those who go back, and the recording, but no listener at the live edge.
 */
final class Uploads {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    /** What cannot be stored so long after the end is given up, or a stopped stream would never be over. */
    private static final Duration PATIENCE_AT_END = Duration.ofMinutes(5);

    private final StoredStream stored;
    private final List<Rendition> ladder = Rendition.ladder();
    private final Backlog backlog;
    private final Runnable first;
    private final LiveEdge edge;
    private final Batches batches;
    private final Mailbox mailbox;
    /** Of the mailbox's thread. */
    private boolean begun;

    private volatile @Nullable Long endedAt;

    /** @param first to be done before anything is stored */
    Uploads(StoredStream stored, Backlog backlog, Runnable first, LiveEdge edge, Batches batches) {
        this.stored = stored;
        this.backlog = backlog;
        this.first = first;
        this.edge = edge;
        this.batches = batches;
        this.mailbox = new Mailbox("veza-audio-store-" + stored.streamId());
    }

    void initialization(long take, List<byte[]> initializations) {
        mailbox.post(() -> {
            if (!begun) {
                persist("The beginning of " + stored.streamId(), first);
                begun = true;
            }
            for (int i = 0; i < ladder.size(); i++) {
                put(stored.key(ladder.get(i), SegmentName.initialization(take)), initializations.get(i));
            }
            put(stored.key(StoredStream.MASTER), Playlists.multivariant(ladder), Playlists.CONTENT_TYPE);
        });
    }

    void segment(HeldSegment segment) {
        long bytes = segment.bytes();
        if (!backlog.enter(bytes)) {
            log.error(
                    "Segment {} of stream {} is not stored: too many wait for the storage",
                    segment.name(),
                    stored.streamId());
            edge.lost(segment.name());
            return;
        }
        mailbox.post(() -> {
            try {
                for (int i = 0; i < ladder.size(); i++) {
                    put(stored.key(ladder.get(i), segment.name().file()), segment.data(i));
                }
                Playlists.stored(edge.now(), segment.name().number()).ifPresent(this::playlists);
                batches.add(segment);
            } finally {
                backlog.leave(bytes);
            }
        });
    }

    /** What was stored since the last batch is told of now, once it is. */
    void flush() {
        mailbox.post(batches::flush);
    }

    /** Completes when all that was stored before is, and the whole stream can be played from the storage. */
    CompletableFuture<Void> end() {
        endedAt = System.nanoTime();
        var done = new CompletableFuture<Void>();
        mailbox.post(() -> {
            try {
                batches.flush();
                playlists(Playlists.ended(stored.segments()));
            } finally {
                done.complete(null);
            }
        });
        mailbox.close();
        return done;
    }

    /** Completes when all that waits is stored; the stream goes on elsewhere. */
    CompletableFuture<Void> handOver() {
        endedAt = System.nanoTime();
        var done = new CompletableFuture<Void>();
        mailbox.post(() -> {
            batches.flush();
            done.complete(null);
        });
        mailbox.close();
        return done;
    }

    private void playlists(byte[] playlist) {
        ladder.forEach(
                rendition -> put(stored.key(rendition, StoredStream.PLAYLIST), playlist, Playlists.CONTENT_TYPE));
    }

    private void put(String key, byte[] content) {
        put(key, content, StoredStream.SEGMENT_TYPE);
    }

    private void put(String key, byte[] content, String contentType) {
        persist(key, () -> stored.store().put(key, content, contentType));
    }

    private void persist(String what, Runnable work) {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (RuntimeException away) {
                if (isTooLate()) {
                    throw away;
                }
                log.warn("{} cannot be stored (try {}): {}", what, attempt, away.toString());
                pause(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
    }

    private boolean isTooLate() {
        Long ended = endedAt;
        return ended != null && System.nanoTime() - ended > PATIENCE_AT_END.toNanos();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the storage", e);
        }
    }
}
