package app.veza.event.streaming;

import app.veza.event.EventUpcaster;

/** How old revisions of {@link StreamCreated} are read. */
public final class StreamCreatedSteps {

    /** What a broadcaster wrote was not personal then: it stands in the log as it is read. */
    public static final EventUpcaster FROM_1 = EventUpcaster.of(StreamCreated.class, 1, payload -> payload);

    private StreamCreatedSteps() {}
}
