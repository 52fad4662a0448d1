package app.veza.eventstore;

/**
 * What is browsed: matching events in (after, upTo], in the order of the log or from its end.
 *
 * @param after 0: from the log's start
 * @param upTo {@link Long#MAX_VALUE}: to the log's end
 */
public record EventQuery(Criteria criteria, long after, long upTo, boolean isBackwards) {
    public EventQuery {
        if (after < 0) {
            throw new IllegalArgumentException("after is negative: " + after);
        }
    }

    public static EventQuery of(Criteria criteria) {
        return new EventQuery(criteria, 0, Long.MAX_VALUE, false);
    }

    public EventQuery after(long position) {
        return new EventQuery(criteria, position, upTo, isBackwards);
    }

    public EventQuery upTo(long position) {
        return new EventQuery(criteria, after, position, isBackwards);
    }

    public EventQuery backwards() {
        return new EventQuery(criteria, after, upTo, true);
    }

    /** The same from behind an event that was read: whoever reads page by page needs to remember no more. */
    public EventQuery from(RecordedEvent last) {
        return isBackwards ? upTo(last.position() - 1) : after(last.position());
    }
}
