package app.veza.eventstore.command;

import static org.axonframework.messaging.eventstreaming.Tag.of;

import app.veza.eventstore.command.SampleEvents.NameClaimed;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventCriteriaBuilder;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/** Who has a name; and of a person which name: two criteria, either of which counts. */
@EventSourcedEntity
record NameHolder(Optional<UUID> holder, boolean personHasName) {

    record Id(String name, UUID personId) {}

    @EntityCreator
    static NameHolder nobody() {
        return new NameHolder(Optional.empty(), false);
    }

    @EventCriteriaBuilder
    static EventCriteria criteria(Id id) {
        return EventCriteria.either(
                EventCriteria.havingTags(of(SampleEvents.NAME, id.name())).andBeingOneOfTypes("sample.NameClaimed"),
                EventCriteria.havingTags(of(SampleEvents.PERSON, id.personId().toString()))
                        .andBeingOneOfTypes("sample.NameClaimed"));
    }

    @EventSourcingHandler
    NameHolder on(NameClaimed event) {
        return new NameHolder(Optional.of(event.personId()), true);
    }
}
