package app.veza.command.identity.enroltotp;

import app.veza.command.Decider;
import app.veza.command.identity.secondfactor.Standing;
import app.veza.event.VezaEvent;
import app.veza.event.identity.TotpEnrolled;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** The secret that was got last is the one that can be confirmed; one that counts is not replaced unnoticed. */
@Component
final class EnrolTotpHandler implements Decider<EnrolTotp, Standing> {

    @Override
    public Class<EnrolTotp> command() {
        return EnrolTotp.class;
    }

    @Override
    public Optional<EventCriteria> boundary(EnrolTotp command) {
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
    public List<VezaEvent> decide(EnrolTotp command, Standing state) {
        state.existing();
        state.requireOff();
        return List.of(new TotpEnrolled(command.personId(), command.secret()));
    }
}
