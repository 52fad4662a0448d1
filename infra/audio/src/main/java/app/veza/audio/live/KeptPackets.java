package app.veza.audio.live;

import app.veza.audio.opus.OpusPacket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Packets that were fed to an {@link Encoding} and whose slices have not come out, in order: the first of them are with its child, and the
 * next child is given them again. Times are in samples from the broadcast's beginning. Guarded by the encoding.
 */
final class KeptPackets {

    private final long leadNanos;
    private final Deque<OpusPacket> packets = new ArrayDeque<>();
    private int given;
    private long givenSamples;
    private long samples;
    /** Samples before the first. */
    private long from;
    /** When the very first was fed; 0 before. What sounds long after it is not given long before. */
    private long fedSince;

    /** @param lead by which anything may be given before it sounds */
    KeptPackets(Duration lead) {
        this.leadNanos = lead.toNanos();
    }

    void add(List<OpusPacket> fed) {
        fedSince = fedSince == 0 ? System.nanoTime() : fedSince;
        for (OpusPacket packet : fed) {
            packets.add(packet);
            samples += packet.samples();
        }
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    long samples() {
        return samples;
    }

    long from() {
        return from;
    }

    /** Where what was given ends. */
    long givenUpTo() {
        return from + givenSamples;
    }

    long givenSamples() {
        return givenSamples;
    }

    boolean areAllGiven() {
        return given == packets.size();
    }

    /** Nanoseconds until the next may be given; not positive when it may. */
    long early() {
        return early(givenSamples);
    }

    private long early(long behind) {
        long sounds = (from + behind) * 1_000_000_000L / OpusPacket.SAMPLE_RATE;
        return sounds - leadNanos - (System.nanoTime() - fedSince);
    }

    /** The next that were not given yet. */
    List<OpusPacket> give(int most) {
        var next = new ArrayList<OpusPacket>();
        Iterator<OpusPacket> all = packets.iterator();
        for (int i = 0; all.hasNext() && next.size() < most; i++) {
            OpusPacket packet = all.next();
            if (i >= given) {
                next.add(packet);
                givenSamples += packet.samples();
            }
        }
        given += next.size();
        return next;
    }

    /** To another child. */
    void giveAgain() {
        given = 0;
        givenSamples = 0;
    }

    /** What was given up to there has come out. */
    void cameOut(long upTo) {
        while (given > 0 && from + packets.element().samples() <= upTo) {
            dropFirst();
        }
    }

    void dropGiven() {
        while (given > 0) {
            dropFirst();
        }
    }

    /** From the end, what could not be given yet and would have others wait for it. */
    void dropEarly() {
        while (!areAllGiven() && early(samples) > 0) {
            samples -= packets.removeLast().samples();
        }
    }

    private void dropFirst() {
        int dropped = packets.remove().samples();
        given--;
        from += dropped;
        samples -= dropped;
        givenSamples -= dropped;
    }
}
