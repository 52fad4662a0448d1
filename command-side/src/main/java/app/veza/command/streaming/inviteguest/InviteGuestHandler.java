package app.veza.command.streaming.inviteguest;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.streaming.Broadcast;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.streaming.GuestInvited;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** The broadcaster invites whoever has an account. To a public stream everybody is: an invitation says nothing there. */
@Component
final class InviteGuestHandler implements Decider<InviteGuest, InviteGuestHandler.State> {

    record State(Broadcast broadcast, boolean isRegistered) {}

    @Override
    public Class<InviteGuest> command() {
        return InviteGuest.class;
    }

    @Override
    public Optional<EventCriteria> boundary(InviteGuest command) {
        return Boundary.anyOf(
                Broadcast.boundary(command.streamId(), command.personId()),
                events(tag(PERSON, command.personId()), PersonRegistered.class));
    }

    @Override
    public State initial() {
        return new State(Broadcast.UNKNOWN, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return event instanceof PersonRegistered person
                ? new State(state.broadcast(), !Erased.is(person.usernameKey()))
                : new State(state.broadcast().evolve(event, state.broadcast().since()), state.isRegistered());
    }

    @Override
    public List<VezaEvent> decide(InviteGuest command, State state) {
        state.broadcast().requireOwner(command.by(), "Only its broadcaster may invite to a stream.");
        if (!state.isRegistered()) {
            throw Rejection.notFound("There is no such person.");
        }
        boolean isIn = command.personId().equals(command.by())
                || state.broadcast().guests().contains(command.personId());
        return isIn ? List.of() : List.of(new GuestInvited(command.streamId(), command.personId(), command.by()));
    }
}
