package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Another stream that holds the same messages, such as a mirror of the log's. */
final class StreamSource implements AppendSource {
    private final RawStream stream;
    private final String logId;
    private final String subjectPrefix;
    private final long lastSequence;

    /** @param logId which log the mirror is of: a mirror bears metadata of its own */
    StreamSource(RawStream stream, String logId, String subjectPrefix, long lastSequence) {
        this.stream = stream;
        this.logId = logId;
        this.subjectPrefix = subjectPrefix;
        this.lastSequence = lastSequence;
    }

    @Override
    public String logId() {
        return logId;
    }

    @Override
    public String subjectPrefix() {
        return subjectPrefix;
    }

    @Override
    public String described() {
        return "the stream " + stream.name();
    }

    @Override
    public LogPoint copy(long toPosition, Taker taker) throws IOException {
        List<StoredAppend> batch = new ArrayList<>();
        LogPoint copied = LogPoint.ORIGIN;
        LogWalk walk = LogWalk.behind(copied, batch::add, damage -> {
            throw new LogDamagedException("%s cannot be restored from: %s".formatted(stream.name(), damage));
        });
        while (walk.next() <= lastSequence) {
            LogVerifier.readBatch(stream, walk, lastSequence);
            for (StoredAppend append : batch) {
                if (append.firstPosition() > toPosition) {
                    return copied;
                }
                taker.take(append);
                copied = append.point();
            }
            batch.clear();
        }
        walk.end(lastSequence);
        return copied;
    }
}
