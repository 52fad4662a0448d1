package app.veza.audio.live;

import app.veza.audio.ffmpeg.FfmpegException;
import app.veza.audio.ffmpeg.LiveEncoder;
import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.hls.FragmentReader.Frame;
import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.Slice;
import app.veza.audio.hls.Slicer;
import app.veza.audio.opus.OggWriter;
import app.veza.audio.opus.OpusHead;
import app.veza.audio.opus.OpusPacket;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opus in, slices out, over the deaths of the children that do it. Packets are kept until what they became has come out: one that
 * replaces a dead or hanging child is given again what that one kept for itself, so nothing is lost with it.
 */
final class Encoding {

    private static final Logger log = LoggerFactory.getLogger(Encoding.class);
    /** A healthy encoder keeps a third of a second for itself. */
    private static final long NORMALLY_INSIDE = OpusPacket.SAMPLE_RATE;

    private static final int MOST_WRITTEN_AT_ONCE = 50;
    private static final int MOST_FAILURES = 3;
    /** Of one that never gave anything: what is fed is no audio, whatever it calls itself. */
    private static final int MOST_FAILURES_AT_FIRST = 1;

    /**
     * What a child ends with that has no room to begin: the program or its libraries cannot be loaded (126 and 127, of whoever execs
     * and of the loader), no memory (ENOMEM, 244), no thread (EAGAIN, 245).
     */
    private static final Set<Integer> NO_ROOM = Set.of(126, 127, 244, 245);

    private final Sandbox sandbox;
    private final List<Rendition> ladder;
    private final LiveSettings settings;
    private final OpusHead head;
    private final Outcome outcome;
    private final KeptPackets kept;
    private boolean finishing;
    private boolean over;
    private boolean proven;
    /** Deaths since all was well, and how far what the dead were given reaches. */
    private int failures;

    private long troubleUntil;
    private @Nullable Child child;
    /** What the child begins with that could not be started yet. */
    private @Nullable OpusHead unstarted;

    /** When that was so first since one gave something, or died of something else; 0 when it was not. */
    private long unstartedSince;

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** What becomes of it; called on the encoder's threads, and not allowed to call back. */
    interface Outcome {
        /** A child begins: what follows has these initializations. */
        void begun(List<byte[]> initializations);

        void slice(Slice slice);

        void loudness(double lufs);

        /** It cannot be decoded, or no child can be started. Nothing is called after it. */
        void failed(Encoding encoding, BroadcastSink.Reason reason);
    }

    Encoding(Sandbox sandbox, List<Rendition> ladder, LiveSettings settings, OpusHead head, Outcome outcome) {
        this.sandbox = sandbox;
        this.ladder = ladder;
        this.settings = settings;
        this.head = head;
        this.outcome = outcome;
        this.kept = new KeptPackets(settings.lead());
    }

    /** Completes when nothing more comes out. */
    CompletableFuture<Void> done() {
        return done;
    }

    synchronized void start() {
        if (!over) {
            spawn(head);
        }
    }

    synchronized void feed(List<OpusPacket> packets) {
        if (over || finishing) {
            return;
        }
        kept.add(packets);
        notifyAll();
    }

    /** What was fed and has not come out, in samples. */
    synchronized long inside() {
        return kept.samples();
    }

    /** Nothing is fed any more; what was comes out yet, except what was ahead of its time by more than anything may be. */
    synchronized void finish() {
        finishing = true;
        kept.dropEarly();
        if (child != null) {
            child.progress = System.nanoTime();
        }
        notifyAll();
    }

    /** To be called several times a second. */
    synchronized void watch() {
        if (unstarted != null && !over) {
            startAgain(unstarted);
        }
        Child watched = child;
        if (over || watched == null) {
            return;
        }
        long silent = System.nanoTime() - watched.progress;
        long patience = (watched.proven ? settings.hang() : settings.start()).toNanos();
        boolean owes = finishing || kept.givenSamples() > NORMALLY_INSIDE;
        if (!owes && kept.givenSamples() > 0) {
            // What it may keep for itself is no debt, and time counts from when there is one
            watched.progress = System.nanoTime();
        } else if (owes && silent > patience) {
            log.warn("Encoder {} gives nothing for {} ms: replaced", watched.encoder.pid(), silent / 1_000_000);
            watched.encoder.kill();
            died(watched);
        }
    }

    /** At once, and whatever is lost by it. */
    synchronized void abandon() {
        over = true;
        if (child != null) {
            child.encoder.kill();
        }
        done.complete(null);
        notifyAll();
    }

    /** For operators, and tests that kill it; 0 when there is none. */
    synchronized long pid() {
        return child == null ? 0 : child.encoder.pid();
    }

    private void spawn(OpusHead opusHead) {
        var fresh = new Child(kept.from(), opusHead);
        child = fresh;
        kept.giveAgain();
        try {
            fresh.encoder = LiveEncoder.start(sandbox, ladder, fresh);
            fresh.encoder.feed(() -> write(fresh, opusHead));
            unstarted = null;
        } catch (FfmpegException none) {
            notStarted(fresh, none.toString());
        }
    }

    private void notStarted(Child none, String why) {
        child = null;
        unstarted = none.head;
        if (unstartedSince == 0) {
            log.warn("An encoder cannot be started and is tried again: {}", why);
            unstartedSince = System.nanoTime();
        }
        notifyAll();
    }

    /** A machine that is at its limits of processes or files may have room again. */
    private void startAgain(OpusHead opusHead) {
        if (System.nanoTime() - unstartedSince < settings.start().toNanos()) {
            spawn(opusHead);
        } else {
            log.error("No encoder can be started");
            giveUp(BroadcastSink.Reason.UNAVAILABLE);
        }
    }

    private void giveUp(BroadcastSink.Reason reason) {
        over = true;
        outcome.failed(this, reason);
        done.complete(null);
    }

    private void write(Child to, OpusHead opusHead) {
        var ogg = new OggWriter();
        try {
            to.encoder.write(ogg.begin(opusHead));
            for (List<OpusPacket> next = next(to); !next.isEmpty(); next = next(to)) {
                to.encoder.write(ogg.pages(next));
            }
            if (isCurrent(to)) {
                to.encoder.finish();
            }
        } catch (IOException gone) {
            log.debug("Encoder {} reads no more", to.encoder.pid(), gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isCurrent(Child asked) {
        return child == asked && !over;
    }

    /**
     * Empty when there is nothing more for this child. A few bytes may say that they last for hours: a child that had all at once
     * would take the cores, and what it gives the memory, from other streams.
     */
    private synchronized List<OpusPacket> next(Child to) throws InterruptedException {
        while (child == to && !over && !finishing && (kept.areAllGiven() || kept.early() > 0)) {
            wait(kept.areAllGiven() ? 0 : 1 + Math.max(0, kept.early()) / 1_000_000);
        }
        return child == to && !over ? kept.give(MOST_WRITTEN_AT_ONCE) : List.of();
    }

    /** @param samples that came out of this child */
    private void cameOut(Child from, long samples) {
        from.progress = System.nanoTime();
        from.proven = true;
        proven = true;
        unstartedSince = 0;
        kept.cameOut(from.base + samples);
        if (kept.from() >= troubleUntil) {
            failures = 0;
        }
    }

    private void died(Child dead) {
        if (child != dead || over) {
            return;
        }
        child = null;
        unstartedSince = 0;
        dead.slicer.rest().ifPresent(outcome::slice);
        failures++;
        troubleUntil = Math.max(troubleUntil, kept.givenUpTo());
        if (finishing && (kept.isEmpty() || failures > 1)) {
            over = true;
            done.complete(null);
        } else if (failures > (proven ? MOST_FAILURES : MOST_FAILURES_AT_FIRST)) {
            giveUp(BroadcastSink.Reason.UNDECODABLE);
        } else {
            if (failures > 1) {
                // What it was given is what it dies of
                kept.dropGiven();
            }
            spawn(head.amid());
        }
        notifyAll();
    }

    private void finished(Child last) {
        child = null;
        over = true;
        last.slicer.rest().ifPresent(outcome::slice);
        done.complete(null);
        notifyAll();
    }

    /** One process, and what came out of it. Guarded by the encoding. */
    private final class Child implements LiveEncoder.Output {
        private final long base;
        private final OpusHead head;
        private final Slicer slicer = new Slicer(ladder.size());
        private long progress = System.nanoTime();
        private boolean proven;
        private LiveEncoder encoder;

        Child(long base, OpusHead head) {
            this.base = base;
            this.head = head;
        }

        @Override
        public void initialized(List<byte[]> initializations) {
            synchronized (Encoding.this) {
                if (isCurrent(this)) {
                    outcome.begun(initializations);
                }
            }
        }

        @Override
        public void frames(List<Frame> frames) {
            synchronized (Encoding.this) {
                if (!isCurrent(this)) {
                    return;
                }
                for (Frame frame : frames) {
                    slicer.add(frame);
                    if (frame.track() == 0) {
                        // The first frame is the encoder's own beginning, before any sample
                        cameOut(this, frame.decodeTime());
                    }
                }
                for (var slice = slicer.next(); slice.isPresent(); slice = slicer.next()) {
                    outcome.slice(slice.get());
                }
            }
        }

        @Override
        public void loudness(double lufs) {
            outcome.loudness(lufs);
        }

        @Override
        public void ended(int code) {
            synchronized (Encoding.this) {
                if (!isCurrent(this)) {
                    return;
                }
                if (finishing && code == 0 && kept.areAllGiven()) {
                    finished(this);
                } else if (!proven && NO_ROOM.contains(code)) {
                    notStarted(this, "it ended with code " + code);
                } else {
                    log.warn("Encoder {} died with code {}", encoder.pid(), code);
                    died(this);
                }
            }
        }
    }
}
