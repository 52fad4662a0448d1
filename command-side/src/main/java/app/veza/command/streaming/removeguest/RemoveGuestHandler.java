package app.veza.command.streaming.removeguest;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.streaming.Broadcast;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.GuestRemoved;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** The broadcaster takes an invitation back, or its guest does without it. */
@Component
final class RemoveGuestHandler implements Decider<RemoveGuest, Broadcast> {

    @Override
    public Class<RemoveGuest> command() {
        return RemoveGuest.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RemoveGuest command) {
        return Boundary.of(Broadcast.boundary(command.streamId(), command.personId()));
    }

    @Override
    public Broadcast initial() {
        return Broadcast.UNKNOWN;
    }

    @Override
    public Broadcast evolve(Broadcast broadcast, VezaEvent event) {
        return broadcast.evolve(event, broadcast.since());
    }

    @Override
    public List<VezaEvent> decide(RemoveGuest command, Broadcast broadcast) {
        if (command.personId().equals(command.by())) {
            broadcast.requireKnownTo(command.by());
        } else {
            broadcast.requireOwner(command.by(), "Only its broadcaster may take an invitation to a stream back.");
        }
        return broadcast.guests().contains(command.personId())
                ? List.of(new GuestRemoved(command.streamId(), command.personId(), command.by()))
                : List.of();
    }
}
