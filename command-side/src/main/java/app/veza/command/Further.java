package app.veza.command;

import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * More events that a decision turns out to rest on, now that its boundary was read. They count for it as the boundary does: one of
 * them appended by others makes the decision be made again.
 *
 * @param onlyLast whether the last of those that stand in the log tells everything, however many there are: no other is read
 */
public record Further(EventCriteria criteria, boolean onlyLast) {

    public static Further all(EventCriteria criteria) {
        return new Further(criteria, false);
    }

    public static Further last(EventCriteria criteria) {
        return new Further(criteria, true);
    }
}
