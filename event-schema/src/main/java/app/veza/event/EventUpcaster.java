package app.veza.event;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of an event's payload from a revision that stands in the log to the next one.
 *
 * @param type full name of the event, such as {@code chat.MessageSent}
 * @param change gets the payload of {@code fromRevision}, personal components in clear, and returns that of
 *     {@code toRevision}; it may change and return what it got. The same payload always gives the same result: no clock, no
 *     look-up, nothing random
 */
public record EventUpcaster(String type, String fromRevision, String toRevision, UnaryOperator<JsonNode> change) {

    /** From a revision of an event to the one after it. */
    public static EventUpcaster of(
            Class<? extends VezaEvent> event, int fromRevision, UnaryOperator<ObjectNode> change) {
        return new EventUpcaster(
                EventTypes.nameOf(event),
                Integer.toString(fromRevision),
                Integer.toString(fromRevision + 1),
                payload -> change.apply(payload.asObject()));
    }
}
