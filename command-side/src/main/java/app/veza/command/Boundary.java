package app.veza.command;

import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;

/** Writes criteria in the words of the schema: records and tags. */
public final class Boundary {

    private Boundary() {}

    /** Events of some types that bear all these tags. */
    @SafeVarargs
    public static EventCriteria events(Set<Tag> tags, Class<? extends VezaEvent>... types) {
        return EventCriteria.havingTags(tags)
                .andBeingOneOfTypes(Arrays.stream(types)
                        .map(EventTypes::nameOf)
                        .map(QualifiedName::new)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Events of some types, whatever they are about: only for what happens seldom. */
    @SafeVarargs
    public static EventCriteria allEvents(Class<? extends VezaEvent>... types) {
        return EventCriteria.havingAnyTag()
                .andBeingOneOfTypes(Arrays.stream(types)
                        .map(EventTypes::nameOf)
                        .map(QualifiedName::new)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    public static Optional<EventCriteria> of(EventCriteria criteria) {
        return Optional.of(criteria);
    }

    /** Events that match any of these. */
    public static Optional<EventCriteria> anyOf(Stream<EventCriteria> criteria) {
        return Optional.of(EventCriteria.either(criteria.toList()));
    }

    public static Optional<EventCriteria> anyOf(EventCriteria... criteria) {
        return anyOf(Arrays.stream(criteria));
    }

    public static Set<Tag> tag(String key, Object value) {
        return Set.of(Tag.of(key, value.toString()));
    }

    public static Set<Tag> tags(String key, Object value, String otherKey, Object otherValue) {
        return Set.of(Tag.of(key, value.toString()), Tag.of(otherKey, otherValue.toString()));
    }
}
