package app.veza.eventstore.command;

import java.util.concurrent.CompletableFuture;

/**
 * Decides commands and appends what they decided.
 *
 * <p>The future fails, always with the bare exception, never a {@link java.util.concurrent.CompletionException} around it,
 * with:
 *
 * <ul>
 *   <li>{@link CommandConflictException}: others kept changing what the command is decided on;
 *   <li>{@link CommandIdReusedException}: its id was used for a command with another body;
 *   <li>{@link OutcomeUnknownException}: the command may have been appended or not; the same id repeated tells;
 *   <li>{@link EventLogUnavailableException}: it was certainly not appended, the log cannot be reached;
 *   <li>{@link app.veza.eventstore.PositionNotReachedException}: it was to be decided on a position that does not exist;
 *   <li>{@link app.veza.eventstore.AppendFailure.Invalid}: its events are more than one append may hold;
 *   <li>whatever the handler threw: a rejection that was decided on facts found current afterwards.
 * </ul>
 */
public interface CommandExecutor {

    /**
     * Runs the command on the calling thread, up to its append; meant for virtual threads.
     *
     * @param command a payload that some {@code @CommandHandler} takes
     */
    CompletableFuture<CommandOutcome> execute(Object command, CommandOptions options);
}
