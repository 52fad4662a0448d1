package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the message that holds a position by halving the stream: positions ascend with sequences. */
final class PositionSearch {
    private static final int MESSAGES = 64;

    private final RawStream stream;
    private final long firstSequence;
    private final long lastSequence;

    PositionSearch(RawStream stream, long firstSequence, long lastSequence) {
        this.stream = stream;
        this.firstSequence = firstSequence;
        this.lastSequence = lastSequence;
    }

    /** The sequence of the append that holds the position; of the next sound one when that is lost. */
    long sequenceOf(long position) throws IOException {
        long low = firstSequence;
        long high = lastSequence + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            StoredAppend append = soundAtOrAfter(middle, high);
            if (append == null) {
                high = middle;
            } else if (append.lastPosition() < position) {
                low = append.sequence() + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Of the last sound message; 0 when there is none. */
    long lastPosition() throws IOException {
        for (long sequence = lastSequence; sequence >= firstSequence; sequence--) {
            List<LogMessage> there = stream.read(sequence, 1);
            StoredAppend append = there.isEmpty() ? null : LogWalk.soundInItself(there.getFirst());
            if (append != null && append.sequence() == sequence) {
                return append.lastPosition();
            }
        }
        return 0;
    }

    private @Nullable StoredAppend soundAtOrAfter(long from, long before) throws IOException {
        long sequence = from;
        while (sequence < before) {
            List<LogMessage> messages = stream.read(sequence, MESSAGES);
            for (LogMessage message : messages) {
                StoredAppend append = LogWalk.soundInItself(message);
                if (append != null) {
                    return append.sequence() < before ? append : null;
                }
                sequence = message.sequence() + 1;
            }
            if (messages.isEmpty()) {
                sequence = Math.max(sequence + 1, stream.nextReadable(sequence, lastSequence));
            }
        }
        return null;
    }
}
