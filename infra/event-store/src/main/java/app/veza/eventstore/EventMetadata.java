package app.veza.eventstore;

/** Keys of an event's metadata that the log knows: Axon's names, and W3C's. */
public final class EventMetadata {
    /** What all events share that one request from outside led to. Events are found by it. */
    public static final String CORRELATION_ID = "correlationId";

    /** What led to the event directly: the id of another event, or of the command. */
    public static final String CAUSATION_ID = "causationId";

    /** W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";

    private EventMetadata() {}
}
