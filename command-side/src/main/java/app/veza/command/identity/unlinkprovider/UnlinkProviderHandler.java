package app.veza.command.identity.unlinkprovider;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.identity.openid.LinkedProviders;
import app.veza.event.VezaEvent;
import app.veza.event.identity.ProviderUnlinked;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** All that a person is known as there. Who has no password asks for one by mail. */
@Component
final class UnlinkProviderHandler implements Decider<UnlinkProvider, LinkedProviders> {

    @Override
    public Class<UnlinkProvider> command() {
        return UnlinkProvider.class;
    }

    @Override
    public Optional<EventCriteria> boundary(UnlinkProvider command) {
        return Boundary.of(LinkedProviders.of(command.personId()));
    }

    @Override
    public LinkedProviders initial() {
        return LinkedProviders.NONE;
    }

    @Override
    public LinkedProviders evolve(LinkedProviders state, VezaEvent event) {
        return state.after(event);
    }

    @Override
    public List<VezaEvent> decide(UnlinkProvider command, LinkedProviders state) {
        return state.byKey().entrySet().stream()
                .filter(link -> link.getValue().equals(command.provider()))
                .<VezaEvent>map(link -> new ProviderUnlinked(command.personId(), link.getValue(), link.getKey()))
                .toList();
    }
}
