package app.veza.eventstore.command;

/** Others kept changing what the command is decided on, more often than it is tried. Nothing was appended. */
public final class CommandConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int attempts;

    public CommandConflictException(int attempts, Throwable cause) {
        super("Still in conflict with other commands after " + attempts + " attempts", cause);
        this.attempts = attempts;
    }

    public int attempts() {
        return attempts;
    }
}
