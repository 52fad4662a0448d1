package app.veza.audio.live;

import app.veza.audio.opus.OpusInput;
import app.veza.audio.opus.OpusPacket;
import app.veza.audio.opus.UnsupportedAudioException;
import java.time.Duration;
import java.util.Collections;
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
    /** Samples that stood in for audio that was late: in all, and since some came. */
    private long silence;

    private long silenceNow;

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
            silenceNow = 0;
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
        } else {
            fill();
        }
    }

    /**
     * Who loses the network is connected for a while yet, and players that run out of sound meanwhile stop. Audio that was only late
     * comes behind the silence.
     */
    private void fill() {
        Encoding to = encoding;
        long late = Math.min(System.nanoTime() - lastAudio, -nanos(samples + silence));
        long tolerated = silenceNow == 0 ? stream.settings().late().toNanos() : 0;
        if (to == null || samples == 0 || late < tolerated) {
            return;
        }
        OpusPacket packet = OpusPacket.silence();
        int packets = (int) (late * SECOND / 1_000_000_000L / packet.samples());
        to.feed(Collections.nCopies(packets, packet));
        silence += (long) packets * packet.samples();
        silenceNow += (long) packets * packet.samples();
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
    private long lead() {
        return samples == 0 ? 0 : nanos(samples);
    }

    /** Nanoseconds for which so many samples, from the first on, sound yet. */
    private long nanos(long count) {
        return count * 1_000_000_000L / SECOND - (System.nanoTime() - firstAudio);
    }

    /** Nanoseconds for which listeners hear yet what they were given: audio, and the silence in place of some. */
    synchronized long sounds() {
        return samples == 0 ? 0 : Math.max(0, nanos(samples + silence));
    }

    /** How long ago the first of its audio came; zero while none did. */
    public synchronized Duration sendingFor() {
        return samples == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - firstAudio);
    }

    /** Samples of silence since audio last came. */
    synchronized long silenceNow() {
        return silenceNow;
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
