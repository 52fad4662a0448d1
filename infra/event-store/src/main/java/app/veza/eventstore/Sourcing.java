package app.veza.eventstore;

import java.util.Iterator;

/** Events of a snapshot of the log, in order of position. Holds no native resource: it may be dropped at any point. */
public interface Sourcing extends Iterator<RecordedEvent> {
    /** Consistency marker: every matching event up to here, and none after, is in this iteration. */
    long marker();

    /** Of the log that the marker is a position of. What is read of it after it was replaced bears its id all the same. */
    String logId();
}
