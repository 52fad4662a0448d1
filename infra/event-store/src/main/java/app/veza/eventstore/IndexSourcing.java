package app.veza.eventstore;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Reads ahead in growing steps; between them nothing of the index is held. */
final class IndexSourcing implements Sourcing {
    private static final int LARGEST_STEP = 1024;

    private final LogIndex index;
    private final Criteria criteria;
    private final long marker;
    private final String logId;
    private long read;
    private int step = 64;
    private Iterator<RecordedEvent> ahead = List.<RecordedEvent>of().iterator();

    IndexSourcing(LogIndex index, Criteria criteria, long after, long marker, String logId) {
        this.index = index;
        this.criteria = criteria;
        this.read = after;
        this.marker = marker;
        this.logId = logId;
    }

    @Override
    public long marker() {
        return marker;
    }

    @Override
    public String logId() {
        return logId;
    }

    @Override
    public boolean hasNext() {
        if (!ahead.hasNext() && read < marker) {
            List<Long> positions = index.matches(criteria, read, marker, step);
            read = positions.size() < step ? marker : positions.getLast();
            step = Math.min(LARGEST_STEP, step * 2);
            ahead = positions.isEmpty() ? ahead : index.events(positions).iterator();
        }
        return ahead.hasNext();
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ahead.next();
    }
}
