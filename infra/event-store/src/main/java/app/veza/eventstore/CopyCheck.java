package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the copies of a stream in which something cannot be read that others can: each server's copy is read by a consumer that lives there
 * ({@link ServerCopy}), and what it does not deliver is looked at by direct gets, which any server answers.
 */
final class CopyCheck {
    /** One copy of three is missed by so many once in two hundred thousand times. */
    private static final int LOOKS = 30;

    private final RawStream stream;
    private final long lastSequence;
    private final Map<String, ServerCopy> copies = new TreeMap<>();
    private long next;

    CopyCheck(RawStream stream, long firstSequence, long lastSequence) {
        this.stream = stream;
        this.next = firstSequence;
        this.lastSequence = lastSequence;
    }

    /**
     * To be asked in ascending order.
     *
     * @return what single copies lack up to the sequence; no event is lost by it
     */
    List<LogDamage> upTo(long sequence) throws IOException {
        if (!stream.isReplicated() || sequence < next) {
            return List.of();
        }
        if (copies.isEmpty()) {
            copies.putAll(ServerCopy.all(stream, stream.log().replicas().servers(), next));
        }
        next = sequence + 1;
        List<LogDamage> found = new ArrayList<>();
        for (ServerCopy copy : List.copyOf(copies.values())) {
            read(copy, sequence, found);
        }
        return found;
    }

    private void read(ServerCopy copy, long sequence, List<LogDamage> found) throws IOException {
        for (long missed = copy.read(sequence); missed <= sequence; missed = copy.read(sequence)) {
            RawStream.Info now = stream.log();
            long behind = missed;
            if (!stream.isReadByAny(missed)) {
                behind = stream.nextReadable(missed, lastSequence);
            } else if (!now.replicas().haveReached(missed, now.lastSequence())) {
                // What a copy lacks and what it has not got yet look the same
                return;
            } else if (isMissed(missed)) {
                // By this one, or another's damage is met just where this one was slow
                if (!isStillWith(copy, missed)) {
                    return;
                }
                if (copy.lacks(missed)) {
                    behind = lastMissed(missed) + 1;
                    found.add(LogDamage.ofOneCopy(missed, behind - 1, whose(now.replicas(), copy.server())));
                }
            }
            if (!isStillWith(copy, behind)) {
                return;
            }
        }
    }

    private boolean isStillWith(ServerCopy copy, long sequence) throws IOException {
        boolean moved = copy.moveTo(sequence);
        if (!moved) {
            copies.remove(copy.server());
        }
        return moved;
    }

    private static String whose(Replicas replicas, String server) {
        return server.equals(replicas.leader())
                ? "the leader, " + server + ", cannot be read, another can"
                : "a follower, " + server + ", cannot be read, another can";
    }

    /** By some server. */
    private boolean isMissed(long sequence) throws IOException {
        for (int i = 0; i < LOOKS; i++) {
            if (!stream.isReadByOne(sequence)) {
                return true;
            }
        }
        return false;
    }

    /** What is missed is one stretch. */
    private long lastMissed(long missed) throws IOException {
        long low = missed;
        long step = 1;
        while (low + step <= lastSequence && isMissed(low + step)) {
            low += step;
            step *= 2;
        }
        long high = Math.min(low + step, lastSequence + 1);
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (isMissed(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
