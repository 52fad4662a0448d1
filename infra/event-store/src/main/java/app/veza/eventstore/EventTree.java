package app.veza.eventstore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An event and what it led to.
 *
 * @param caused in the order of the log
 */
public record EventTree(RecordedEvent event, List<EventTree> caused) {

    /**
     * Trees of the events: below each stand those that name its id as their cause. Roots are those that a command caused, or
     * an event that is not among these. A cause stands before its effect, so there is no circle.
     */
    public static List<EventTree> of(List<RecordedEvent> events) {
        List<EventTree> roots = new ArrayList<>();
        Map<String, EventTree> byId = new HashMap<>();
        for (RecordedEvent event : events.stream()
                .sorted(Comparator.comparingLong(RecordedEvent::position))
                .toList()) {
            EventTree cause = byId.get(event.metadata().get(EventMetadata.CAUSATION_ID));
            EventTree tree = new EventTree(event, new ArrayList<>());
            (cause == null ? roots : cause.caused).add(tree);
            byId.putIfAbsent(event.id(), tree);
        }
        return roots;
    }
}
