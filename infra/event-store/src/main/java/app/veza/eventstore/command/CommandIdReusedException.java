package app.veza.eventstore.command;

/** The command's id was used before, for a command with another body. Nothing was appended. */
public final class CommandIdReusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandIdReusedException() {
        super("The command id was used before, for a command with another body");
    }
}
