package app.veza.command.identity.renewrecoverycodes;

import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.identity.secondfactor.Standing;
import app.veza.event.VezaEvent;
import app.veza.event.identity.RecoveryCodesIssued;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Such codes open the account, so who is signed in must prove anew that it is them. */
@Component
final class RenewRecoveryCodesHandler implements Decider<RenewRecoveryCodes, Standing> {

    @Override
    public Class<RenewRecoveryCodes> command() {
        return RenewRecoveryCodes.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RenewRecoveryCodes command) {
        return Standing.boundary(command.personId());
    }

    @Override
    public Optional<Further> further(RenewRecoveryCodes command, Standing state) {
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
    public List<VezaEvent> decide(RenewRecoveryCodes command, Standing state) {
        var account = state.existing();
        state.requireOn();
        var issued = new RecoveryCodesIssued(command.personId(), command.recoveryHashes(), true);
        List<VezaEvent> proven = command.proof().of(account, state.factor(), command.at());
        return Stream.concat(proven.stream(), Stream.of(issued)).toList();
    }
}
