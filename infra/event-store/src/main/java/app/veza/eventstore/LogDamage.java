package app.veza.eventstore;

/**
 * A part of the stream that is not what was appended.
 *
 * @param firstSequence of the stream's messages that are wrong or missing
 * @param lastSequence smaller than the first when no message is wrong and yet the log does not go on
 * @param firstPosition of the events that are lost by it
 * @param lastPosition smaller than the first when no event is; {@link #OPEN} when nothing sound stands behind it
 */
public record LogDamage(long firstSequence, long lastSequence, long firstPosition, long lastPosition, String reason) {
    /** The end is not known: the log does not go on behind it. */
    public static final long OPEN = Long.MAX_VALUE;

    static final String UNREADABLE = "the stream has lost messages, or cannot read them";

    private static final String COPY = "the copy of ";

    /** @param whose and what of it cannot be read */
    static LogDamage ofOneCopy(long firstSequence, long lastSequence, String whose) {
        return new LogDamage(firstSequence, lastSequence, 1, 0, COPY + whose);
    }

    /** Another server has what this one lacks: it is to be given a new copy, and nothing is to be restored. */
    public boolean isOfOneCopy() {
        return reason.startsWith(COPY);
    }

    /** Nothing is delivered there; a server that delivers it may only be on its way. */
    boolean isUnreadable() {
        return reason.equals(UNREADABLE);
    }

    public boolean losesEvents() {
        return lastPosition >= firstPosition;
    }

    public boolean isOpen() {
        return lastPosition == OPEN;
    }

    /** One sentence with positions and stream sequences. */
    @Override
    public String toString() {
        String positions = isOpen()
                ? "everything from position %d on is lost".formatted(firstPosition)
                : losesEvents()
                        ? "%s lost, what follows is sound".formatted(range("position", firstPosition, lastPosition))
                        : "no position is lost";
        return "%s: %s (%s)".formatted(positions, reason, range("stream sequence", firstSequence, lastSequence));
    }

    private static String range(String what, long first, long last) {
        return first >= last ? what + " " + first : "%ss %d to %d".formatted(what, first, last);
    }
}
