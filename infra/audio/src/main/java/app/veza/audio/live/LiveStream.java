package app.veza.audio.live;

import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.hls.Frames;
import app.veza.audio.hls.LiveEdge;
import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.SegmentName;
import app.veza.audio.hls.Slice;
import app.veza.audio.opus.OpusHead;
import app.veza.audio.opus.OpusPacket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is broadcast on this node. What happens to it is decided by one thread, in order: a broadcaster comes, is replaced,
 * goes, is waited for in silence, comes back or does not.
 */
public final class LiveStream {

    private static final OpusHead SILENCE = new OpusHead(2, 0, 0);

    private final Sandbox sandbox;
    private final LiveSettings settings;
    private final StreamEvents events;
    private final LiveEdge edge;
    private final Uploads uploads;
    private final Loudness loudness = new Loudness();
    private final Mailbox mailbox;
    /** Telling others may take long, and must not hold up the sound. */
    private final Mailbox told;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<Broadcast> open = ConcurrentHashMap.newKeySet();
    /** That have something inside, the newest last. */
    private final List<Encoding> encodings = new ArrayList<>();

    /** Completes when all encodings before the present one are done: one begins where the one before it ended. */
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

    /** Broadcasters whose first packets came, and of which the mailbox does not know yet. */
    private final AtomicInteger arriving = new AtomicInteger();

    private volatile boolean working;
    private volatile @Nullable Encoding encoding;
    private @Nullable Broadcast broadcast;
    private volatile boolean live;
    private boolean stopping;
    private boolean graceOver;
    /** When the broadcaster was lost; 0 when there is one. */
    private long lostAt;

    private long silenceFrom;
    private long silence;

    /** @param before the segments that it has in the storage, of a stream that is gone on with */
    LiveStream(
            Sandbox sandbox,
            LiveSettings settings,
            StoredStream stored,
            List<SegmentName> before,
            Backlog backlog,
            StreamEvents events,
            boolean resumed) {
        this.sandbox = sandbox;
        this.settings = settings;
        this.events = events;
        this.live = resumed;
        long window = settings.window().toMillis() / Frames.millis(Frames.SEGMENT_SAMPLES);
        this.edge = new LiveEdge(before, (int) window);
        this.mailbox = new Mailbox("veza-audio-" + stored.streamId());
        this.told = new Mailbox("veza-audio-told-" + stored.streamId());
        var batches = new Batches(settings.batch(), loudness, batch -> told.post(() -> events.stored(batch)));
        this.uploads = new Uploads(stored, backlog, () -> begin(stored, resumed), edge, batches);
        this.lostAt = resumed ? System.nanoTime() : 0;
        this.silenceFrom = lostAt;
    }

    private void begin(StoredStream stored, boolean resumed) {
        events.storing();
        if (!resumed) {
            // What a node stored that died before it could say that the stream is live bears the same numbers
            stored.delete();
        }
    }

    public LiveEdge edge() {
        return edge;
    }

    LiveSettings settings() {
        return settings;
    }

    /** A broadcaster connects; one who is connected already is replaced once there is audio of the new one. */
    Broadcast connect(BroadcastSink sink) {
        var connected = new Broadcast(this, sink);
        open.add(connected);
        return connected;
    }

    /** Nobody broadcasts, and nothing was heard or is to be: there is no reason to keep it. */
    boolean isIdle() {
        return !live && open.isEmpty() && arriving.get() == 0 && !working;
    }

    /** Where the packets of a broadcaster go, who has just sent the first. */
    Encoding encodingFor(Broadcast from, OpusHead head) {
        var fresh = new Encoding(sandbox, Rendition.ladder(), settings, head, new Heard(from));
        arriving.incrementAndGet();
        mailbox.post(() -> {
            takeOver(from, fresh);
            working = !encodings.isEmpty();
            arriving.decrementAndGet();
        });
        return fresh;
    }

    void disconnected(Broadcast gone) {
        open.remove(gone);
        mailbox.post(() -> {
            if (gone == broadcast) {
                lost(gone);
            }
        });
    }

    /** To be called ten times a second. */
    void tick() {
        if (!ended.isDone()) {
            mailbox.post(this::watch);
        }
    }

    /** It is over: listeners get the rest of it, then all of it from the storage. Completes when it is there. */
    CompletableFuture<Void> stop() {
        mailbox.post(() -> {
            if (!stopping) {
                stopping = true;
                letGo("The stream has ended.", BroadcastSink.Reason.ENDED);
                after(this::end);
            }
        });
        return ended;
    }

    /** It goes on elsewhere. Completes when all that was heard here is in the storage. */
    CompletableFuture<Void> handOver() {
        mailbox.post(() -> {
            if (!stopping) {
                stopping = true;
                letGo("You broadcast from elsewhere now.", BroadcastSink.Reason.REPLACED);
                after(() -> {
                    edge.cut().ifPresent(uploads::segment);
                    uploads.handOver().thenRun(this::close);
                });
            }
        });
        return ended;
    }

    /** Of the encoder that works now; 0 when none does. */
    public long encoderPid() {
        Encoding now = encoding;
        return now == null ? 0 : now.pid();
    }

    private void takeOver(Broadcast from, Encoding fresh) {
        if (stopping) {
            from.end(BroadcastSink.Reason.ENDED, "The stream has ended.");
            fresh.abandon();
            return;
        }
        Broadcast former = broadcast;
        broadcast = from;
        if (former != null) {
            former.end(BroadcastSink.Reason.REPLACED, "You broadcast from another connection now.");
        }
        after(fresh::start);
        encoding = fresh;
        encodings.add(fresh);
    }

    private void letGo(String why, BroadcastSink.Reason reason) {
        broadcast = null;
        List.copyOf(open).forEach(connected -> connected.end(reason, why));
    }

    /** Done when what the present encoder holds has come out. */
    private void after(Runnable then) {
        Encoding last = encoding;
        encoding = null;
        if (last != null) {
            last.finish();
            before = before.thenCombine(last.done(), (nothing, neither) -> nothing);
        }
        before = before.thenRunAsync(then, mailbox::post);
    }

    private void end() {
        edge.end().ifPresent(uploads::segment);
        uploads.end().thenRun(this::close);
    }

    /** What was to be told is told first. */
    private void close() {
        told.post(() -> ended.complete(null));
        told.close();
        mailbox.close();
    }

    private void lost(Broadcast gone) {
        broadcast = null;
        if (stopping) {
            return;
        }
        if (!live) {
            // Maybe something can be heard yet of the little that came
            after(() -> {});
            return;
        }
        lostAt = System.nanoTime();
        silence = gone.silenceNow();
        silenceFrom = lostAt + gone.sounds() - silence * 1_000_000_000L / OpusPacket.SAMPLE_RATE;
        told.post(events::interrupted);
        uploads.flush();
    }

    /** The first of a connection's audio can be heard. */
    private void heard(Broadcast from) {
        if (stopping) {
            return;
        }
        if (!live) {
            live = true;
            told.post(() -> events.wentLive(from.contentType()));
            if (broadcast == null) {
                lost(from);
                return;
            }
        }
        if (from != broadcast) {
            return;
        }
        if (lostAt != 0) {
            int millis = (int) Frames.millis(silence);
            told.post(() -> events.resumed(millis));
        }
        lostAt = 0;
        graceOver = false;
    }

    private void failed(Encoding broken, BroadcastSink.Reason reason) {
        Broadcast now = broadcast;
        if (broken == encoding) {
            encoding = null;
            if (now != null) {
                now.end(
                        reason,
                        reason == BroadcastSink.Reason.UNAVAILABLE
                                ? "This node cannot encode now: connect again."
                                : "The audio cannot be decoded: record as audio/webm;codecs=opus.");
            }
        }
    }

    private void watch() {
        encodings.removeIf(encoder -> encoder.done().isDone());
        working = !encodings.isEmpty();
        encodings.forEach(Encoding::watch);
        open.forEach(Broadcast::watch);
        if (broadcast == null && lostAt != 0 && !stopping) {
            waitFor();
        }
    }

    private void waitFor() {
        long now = System.nanoTime();
        // Who is connected again is listened for as long again at most, for nothing but audio is a return
        long grace = settings.grace().toNanos() * (open.isEmpty() ? 1 : 2);
        if (now - lostAt > grace) {
            if (!graceOver) {
                graceOver = true;
                told.post(events::graceOver);
            }
            return;
        }
        long due = (now - silenceFrom) * OpusPacket.SAMPLE_RATE / 1_000_000_000L - silence;
        OpusPacket packet = OpusPacket.silence();
        int packets = (int) Math.max(0, due / packet.samples());
        if (packets > 0) {
            Encoding quiet = encoding;
            if (quiet == null) {
                quiet = new Encoding(sandbox, Rendition.ladder(), settings, SILENCE, new Heard(null));
                after(quiet::start);
                encoding = quiet;
                encodings.add(quiet);
            }
            quiet.feed(Collections.nCopies(packets, packet));
            silence += (long) packets * packet.samples();
        }
    }

    /** What comes out of an encoder goes to the live edge at once, on the encoder's thread; the rest in order with all else. */
    private final class Heard implements Encoding.Outcome {
        private final @Nullable Broadcast from;
        private boolean first = true;

        Heard(@Nullable Broadcast from) {
            this.from = from;
        }

        @Override
        public void begun(List<byte[]> initializations) {
            LiveEdge.Begun begun = edge.begin(System.currentTimeMillis(), initializations);
            begun.cut().ifPresent(uploads::segment);
            uploads.initialization(begun.take(), initializations);
        }

        @Override
        public void slice(Slice slice) {
            edge.append(slice).ifPresent(uploads::segment);
            Broadcast heard = from;
            if (first && heard != null) {
                mailbox.post(() -> heard(heard));
            }
            first = false;
        }

        @Override
        public void loudness(double lufs) {
            loudness.add(lufs);
        }

        @Override
        public void failed(Encoding encoder, BroadcastSink.Reason reason) {
            mailbox.post(() -> LiveStream.this.failed(encoder, reason));
        }
    }
}
