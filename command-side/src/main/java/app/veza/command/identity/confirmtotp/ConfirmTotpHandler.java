package app.veza.command.identity.confirmtotp;

import app.veza.command.Decider;
import app.veza.command.InvalidInput;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.identity.secondfactor.Standing;
import app.veza.event.VezaEvent;
import app.veza.event.identity.RecoveryCodesIssued;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** A secret counts once its person has shown that they can make codes with it: else a slip would lock them out. */
@Component
final class ConfirmTotpHandler implements Decider<ConfirmTotp, Standing> {

    @Override
    public Class<ConfirmTotp> command() {
        return ConfirmTotp.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ConfirmTotp command) {
        return Standing.boundary(command.personId());
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
    public List<VezaEvent> decide(ConfirmTotp command, Standing state) {
        state.existing();
        state.requireOff();
        if (state.factor().pending() == null) {
            throw new Rejection(
                    Kind.CONFLICT, "totp-not-begun", "Not begun", "Get a secret first, by POST /auth/totp/begin.");
        }
        VezaEvent confirmed = state.factor()
                .confirm(command.personId(), command.code(), command.at())
                .orElseThrow(() -> new InvalidInput(
                        "/code", "was not made with the secret that you got last, or is too old: see the clocks"));
        return List.of(confirmed, new RecoveryCodesIssued(command.personId(), command.recoveryHashes(), false));
    }
}
