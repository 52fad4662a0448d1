package app.veza.command.socket;

import app.veza.eventstore.command.CommandOutcome;
import app.veza.gateway.frame.Reply;
import java.util.Map;

/** Answers to frames of commands. */
public final class Acks {

    private Acks() {}

    /** With the position where it appended; without one when nothing needed to happen. */
    public static Reply of(CommandOutcome outcome) {
        return outcome.events().isEmpty() ? Reply.ack() : Reply.ack(Map.of("position", outcome.position()));
    }
}
