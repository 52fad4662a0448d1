package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the copies of a stream in which something cannot be read that others can. A direct get is answered by any replica, by chance, so
 * a message is looked at several times; a block that cannot be read hides every message in it.
 */
final class CopyCheck {
    /** One copy of three is missed by so many once in a hundred times, and each block is looked at more than once in passing. */
    private static final int LOOKS = 12;
    /** Once in two hundred thousand times. */
    private static final int SURE_LOOKS = 30;

    private final RawStream stream;
    private final long lastSequence;
    /** Where the copies were last looked at. */
    private long looked;

    CopyCheck(RawStream stream, long firstSequence, long lastSequence) {
        this.stream = stream;
        this.looked = firstSequence;
        this.lastSequence = lastSequence;
    }

    /**
     * To be asked in ascending order.
     *
     * @return what one copy lacks around the sequence; no event is lost by it
     */
    Optional<LogDamage> at(long sequence) throws IOException {
        long before = looked;
        if (sequence < before) {
            return Optional.empty();
        }
        looked = sequence;
        if (!stream.isReplicated() || !isMissed(sequence, LOOKS) || !stream.isReadByAny(sequence)) {
            return Optional.empty();
        }
        RawStream.Info now = stream.log();
        if (!now.replicas().haveReached(sequence, now.lastSequence())) {
            // What a copy lacks and what it has not got yet look the same
            return Optional.empty();
        }
        long first = firstMissed(before, sequence);
        long last = lastMissed(sequence);
        looked = last + 1;
        return Optional.of(LogDamage.ofOneCopy(first, last, whose(now.replicas(), sequence)));
    }

    private String whose(Replicas replicas, long sequence) throws IOException {
        List<String> followers = replicas.followers();
        return stream.isReadByLeader(sequence)
                ? "a follower, " + String.join(" or ", followers) + ", cannot be read, the leader's can"
                : "the leader, " + replicas.leader() + ", cannot be read, another can";
    }

    private boolean isMissed(long sequence, int looks) throws IOException {
        for (int i = 0; i < looks; i++) {
            if (!stream.isReadByOne(sequence)) {
                return true;
            }
        }
        return false;
    }

    /** What is missed is one stretch. */
    private long firstMissed(long notBefore, long missed) throws IOException {
        long low = notBefore;
        long high = missed;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (isMissed(middle, SURE_LOOKS)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long lastMissed(long missed) throws IOException {
        long low = missed;
        long step = 1;
        while (low + step <= lastSequence && isMissed(low + step, SURE_LOOKS)) {
            low += step;
            step *= 2;
        }
        long high = Math.min(low + step, lastSequence + 1);
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (isMissed(middle, SURE_LOOKS)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
