package app.veza.command.identity.linkprovider;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.identity.openid.ExternalAccounts;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.ProviderLinked;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An external account opens one account here, not two. */
@Component
final class LinkProviderHandler implements Decider<LinkProvider, LinkProviderHandler.State> {

    /**
     * @param ownerId whose account it opens, null for nobody's
     * @param erased whether who asks is no more
     */
    record State(@Nullable UUID ownerId, boolean erased) {}

    @Override
    public Class<LinkProvider> command() {
        return LinkProvider.class;
    }

    @Override
    public Optional<EventCriteria> boundary(LinkProvider command) {
        return Boundary.anyOf(
                ExternalAccounts.links(command.external().key()),
                events(tag(PERSON, command.personId()), PersonErased.class));
    }

    @Override
    public State initial() {
        return new State(null, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return event instanceof PersonErased
                ? new State(state.ownerId(), true)
                : new State(ExternalAccounts.ownerAfter(state.ownerId(), event), state.erased());
    }

    @Override
    public List<VezaEvent> decide(LinkProvider command, State state) {
        if (state.erased()) {
            throw Rejection.unauthenticated("This account was erased.");
        }
        if (state.ownerId() != null && !state.ownerId().equals(command.personId())) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "linked-elsewhere",
                    "Linked elsewhere",
                    "This opens another account here: sign in with it and unlink it there first.");
        }
        return state.ownerId() != null
                ? List.of()
                : List.of(new ProviderLinked(
                        command.personId(),
                        command.external().provider(),
                        command.external().key()));
    }
}
