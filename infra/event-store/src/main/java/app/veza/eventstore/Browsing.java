package app.veza.eventstore;

import java.util.Iterator;

/**
 * Events of a snapshot of the log, read as they are asked for and a few ahead: memory does not grow with what matches. Holds no
 * native resource: it may be dropped at any point.
 */
public interface Browsing extends Iterator<RecordedEvent> {
    /** Everything that matches up to here was looked at, and nothing after. */
    long upTo();
}
