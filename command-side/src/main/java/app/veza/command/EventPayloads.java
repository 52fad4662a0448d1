package app.veza.command;

import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import java.util.Optional;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;

/** From a stored event to its record. */
final class EventPayloads {

    private EventPayloads() {}

    /** Empty for a type that this version does not know: a newer node may have written it. */
    static Optional<VezaEvent> payloadOf(EventMessage message, EventConverter converter) {
        Class<? extends VezaEvent> type =
                EventTypes.byName().get(message.type().qualifiedName().fullName());
        return Optional.ofNullable(type).map(known -> message.payloadAs(known, converter));
    }
}
