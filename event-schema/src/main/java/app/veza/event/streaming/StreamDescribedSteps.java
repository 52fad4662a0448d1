package app.veza.event.streaming;

import app.veza.event.EventUpcaster;

/** How old revisions of {@link StreamDescribed} are read. */
public final class StreamDescribedSteps {

    /** What a broadcaster wrote was not personal then: it stands in the log as it is read. */
    public static final EventUpcaster FROM_1 = EventUpcaster.of(StreamDescribed.class, 1, payload -> payload);

    private StreamDescribedSteps() {}
}
