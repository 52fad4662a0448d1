package app.veza.eventstore.command;

import app.veza.eventstore.axon.DecisionContext;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.MessageType;

/** A command on its way to its handler, with what its attempt is given: Axon's metadata holds text only. */
final class CommandToDecide extends GenericCommandMessage {

    private final DecisionContext decision;

    CommandToDecide(MessageType type, Object payload, DecisionContext decision) {
        super(type, payload);
        this.decision = decision;
    }

    DecisionContext decision() {
        return decision;
    }
}
