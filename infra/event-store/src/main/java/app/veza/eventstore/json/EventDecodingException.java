package app.veza.eventstore.json;

/** A stored event of a known type does not fit its record: a missing upcaster, or a damaged payload. */
public final class EventDecodingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventDecodingException(String type, String revision, Throwable cause) {
        super("Cannot decode %s of revision %s".formatted(type, revision), cause);
    }
}
