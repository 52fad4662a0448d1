package app.veza.audio.live;

import app.veza.audio.opus.OpusInput;
import app.veza.audio.opus.OpusPacket;
import app.veza.audio.opus.UnsupportedAudioException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a broadcaster, from its first byte to its end. */
public final class Broadcast {

    private static final int SECOND = OpusPacket.SAMPLE_RATE;
    /** What waits for the encoder above which nothing is taken from the network, and below which it is again. */
    private static final long MOST_INSIDE = 8L * SECOND;

    private static final long FEW_INSIDE = 4L * SECOND;

    private final LiveStream stream;
    private final BroadcastSink sink;
    private final OpusInput input = new OpusInput();
    private final long connected = System.nanoTime();
    private volatile @Nullable Encoding encoding;
    private volatile boolean over;
    private volatile boolean paused;
    private long lastAudio = connected;
    private long firstAudio;
    private long samples;

    Broadcast(LiveStream stream, BroadcastSink sink) {
        this.stream = stream;
        this.sink = sink;
    }

    /** Takes what came, without blocking; refuses it by closing the sink. Called by one thread at a time. */
    public void take(byte[] bytes) {
        if (over) {
            return;
        }
        try {
            List<OpusPacket> packets = input.take(bytes);
            if (!packets.isEmpty()) {
                feed(packets);
            }
        } catch (UnsupportedAudioException refused) {
            sink.close(BroadcastSink.Reason.UNSUPPORTED, String.valueOf(refused.getMessage()));
            closed();
        }
    }

    /** The connection is gone. */
    public void closed() {
        over = true;
        stream.disconnected(this);
    }

    private void feed(List<OpusPacket> packets) {
        Encoding to = encoding;
        if (to == null) {
            to = stream.encodingFor(this, input.head().orElseThrow());
            encoding = to;
        }
        to.feed(packets);
        synchronized (this) {
            long now = System.nanoTime();
            firstAudio = samples == 0 ? now : firstAudio;
            lastAudio = now;
            samples += packets.stream().mapToLong(OpusPacket::samples).sum();
            if (!paused && isAhead(MOST_INSIDE, stream.settings().lead().toNanos())) {
                paused = true;
                sink.pause();
            }
        }
    }

    /** To be called several times a second. */
    synchronized void watch() {
        if (over) {
            return;
        }
        if (paused) {
            // Not reading is our choice: silence is not the broadcaster's
            lastAudio = System.nanoTime();
            if (!isAhead(FEW_INSIDE, stream.settings().lead().toNanos() / 2)) {
                paused = false;
                sink.resume();
            }
        } else if (quiet() > stream.settings().stall().toNanos()) {
            end(
                    BroadcastSink.Reason.STALLED,
                    "No audio came for %d s: connect again when there is some."
                            .formatted(stream.settings().stall().toSeconds()));
        }
    }

    /** Nanoseconds since what came last has sounded. */
    private long quiet() {
        long now = System.nanoTime();
        return samples == 0 ? now - connected : Math.min(now - lastAudio, -lead());
    }

    private boolean isAhead(long inside, long nanos) {
        Encoding to = encoding;
        return (to != null && to.inside() > inside) || lead() > nanos;
    }

    /** Nanoseconds of audio that came before it can sound; negative when it is late. */
    synchronized long lead() {
        return samples == 0 ? 0 : samples * 1_000_000_000L / SECOND - (System.nanoTime() - firstAudio);
    }

    void end(BroadcastSink.Reason reason, String text) {
        sink.close(reason, text);
        closed();
    }

    @Nullable
    Encoding encoding() {
        return encoding;
    }

    String contentType() {
        return input.contentType();
    }
}
