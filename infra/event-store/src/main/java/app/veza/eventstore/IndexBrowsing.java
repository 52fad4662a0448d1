package app.veza.eventstore;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Finds positions in growing steps, then reads their events by bytes. */
final class IndexBrowsing implements Browsing {
    private static final int LARGEST_STEP = 1024;
    private static final long BYTES_AHEAD = 1 << 20;

    private final LogIndex index;
    private final Criteria criteria;
    private final boolean backwards;
    private final long upTo;
    private long after;
    private long before;
    private int step = 32;
    private List<Long> found = List.of();
    private Iterator<RecordedEvent> ahead = List.<RecordedEvent>of().iterator();

    /** @param indexed the snapshot */
    IndexBrowsing(LogIndex index, EventQuery query, long indexed) {
        this.index = index;
        this.criteria = query.criteria();
        this.backwards = query.isBackwards();
        this.upTo = Math.min(query.upTo(), indexed);
        this.after = query.after();
        this.before = upTo;
    }

    @Override
    public long upTo() {
        return upTo;
    }

    @Override
    public boolean hasNext() {
        if (ahead.hasNext()) {
            return true;
        }
        if (found.isEmpty()) {
            find();
        }
        if (!found.isEmpty()) {
            List<RecordedEvent> events = index.events(found, BYTES_AHEAD);
            found = found.subList(events.size(), found.size());
            ahead = events.iterator();
        }
        return ahead.hasNext();
    }

    private void find() {
        if (after >= before) {
            return;
        }
        found = index.matches(criteria, after, before, step, backwards);
        if (found.size() < step) {
            after = before;
        } else if (backwards) {
            before = found.getLast() - 1;
        } else {
            after = found.getLast();
        }
        step = Math.min(LARGEST_STEP, step * 2);
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ahead.next();
    }
}
