package app.veza.eventstore.json;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * One step from an older shape of an event to a newer one. Steps are chained by their revisions until none starts at the
 * revision reached.
 *
 * @param type full name of the event, such as {@code chat.MessageSent}
 * @param change gets the payload of {@code fromRevision}, in clear, and returns that of {@code toRevision}; it may change
 *     and return what it got
 */
public record Upcaster(String type, String fromRevision, String toRevision, UnaryOperator<JsonNode> change) {

    public Upcaster {
        if (fromRevision.equals(toRevision)) {
            throw new IllegalArgumentException(
                    "An upcaster of %s from revision %s to itself".formatted(type, fromRevision));
        }
    }
}
