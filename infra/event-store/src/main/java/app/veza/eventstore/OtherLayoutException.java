package app.veza.eventstore;

/** A frame of a node of another version. */
final class OtherLayoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherLayoutException(int layout) {
        super("of layout %d, this node reads %d".formatted(layout, EncodedAppend.LAYOUT));
    }
}
