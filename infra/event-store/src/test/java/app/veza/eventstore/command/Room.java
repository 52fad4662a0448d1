package app.veza.eventstore.command;

import static org.axonframework.messaging.eventstreaming.Tag.of;

import app.veza.eventstore.command.SampleEvents.Joined;
import app.veza.eventstore.command.SampleEvents.Left;
import app.veza.eventstore.command.SampleEvents.RoomOpened;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventCriteriaBuilder;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/** How many people are in a room and how many may be: a mutable state. */
@EventSourcedEntity
class Room {

    private boolean open;
    private int capacity;
    private int members;

    @EntityCreator
    Room() {}

    @EventCriteriaBuilder
    static EventCriteria criteria(UUID roomId) {
        return EventCriteria.havingTags(of(SampleEvents.ROOM, roomId.toString()))
                .andBeingOneOfTypes("sample.RoomOpened", "sample.Joined", "sample.Left");
    }

    boolean isOpen() {
        return open;
    }

    boolean isFull() {
        return members >= capacity;
    }

    @EventSourcingHandler
    void on(RoomOpened event) {
        open = true;
        capacity = event.capacity();
    }

    @EventSourcingHandler
    void on(Joined event) {
        members++;
    }

    @EventSourcingHandler
    void on(Left event) {
        members--;
    }
}
