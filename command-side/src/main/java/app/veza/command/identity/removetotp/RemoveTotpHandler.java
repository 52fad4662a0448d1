package app.veza.command.identity.removetotp;

import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.identity.secondfactor.Standing;
import app.veza.event.VezaEvent;
import app.veza.event.identity.TotpRemoved;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Who is signed in must prove anew that it is them: an access token that was stolen must not take the lock off the door. */
@Component
final class RemoveTotpHandler implements Decider<RemoveTotp, Standing> {

    @Override
    public Class<RemoveTotp> command() {
        return RemoveTotp.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RemoveTotp command) {
        return Standing.boundary(command.personId());
    }

    @Override
    public Optional<Further> further(RemoveTotp command, Standing state) {
        return state.lastUse(command.personId());
    }

    @Override
    public Standing initial() {
        return Standing.INITIAL;
    }

    @Override
    public Standing evolve(Standing state, VezaEvent event) {
        return state.after(event);
    }

    @Override
    public List<VezaEvent> decide(RemoveTotp command, Standing state) {
        var account = state.existing();
        state.requireOn();
        List<VezaEvent> proven = command.proof().of(account, state.factor(), command.at());
        return Stream.concat(proven.stream(), Stream.of(new TotpRemoved(command.personId())))
                .toList();
    }
}
