package app.veza.eventstore.command;

import static org.axonframework.messaging.eventstreaming.Tag.of;

import app.veza.eventstore.command.SampleCommands.MembershipId;
import app.veza.eventstore.command.SampleEvents.Joined;
import app.veza.eventstore.command.SampleEvents.Left;
import org.axonframework.eventsourcing.annotation.EventCriteriaBuilder;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/** Whether one person is in one room: a composite id, two tags at once, an immutable state. */
@EventSourcedEntity
record Membership(boolean member) {

    @EntityCreator
    static Membership none() {
        return new Membership(false);
    }

    @EventCriteriaBuilder
    static EventCriteria criteria(MembershipId id) {
        return EventCriteria.havingTags(
                        of(SampleEvents.ROOM, id.roomId().toString()),
                        of(SampleEvents.PERSON, id.personId().toString()))
                .andBeingOneOfTypes("sample.Joined", "sample.Left");
    }

    @EventSourcingHandler
    Membership on(Joined event) {
        return new Membership(true);
    }

    @EventSourcingHandler
    Membership on(Left event) {
        return new Membership(false);
    }
}
