package app.veza.command.identity.forgotpassword;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.identity.token.MailedToken.Purpose;
import app.veza.event.VezaEvent;
import app.veza.event.identity.MailWithheld;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonErased;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * One mail a minute is enough for who forgot, and all that can be done to a mailbox by who did not. Whoever asks, and for whom, the log
 * grows alike.
 */
@Component
final class RequestResetHandler implements Decider<RequestReset, RequestResetHandler.State> {

    static final Duration LIFE = Purpose.RESET_PASSWORD.life();
    static final Duration APART = Duration.ofMinutes(1);

    /** @param noneBefore when the next request may be made */
    record State(boolean erased, Instant noneBefore) {}

    @Override
    public Class<RequestReset> command() {
        return RequestReset.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RequestReset command) {
        return Boundary.of(events(tag(PERSON, command.personId()), PasswordResetRequested.class, PersonErased.class));
    }

    @Override
    public State initial() {
        return new State(false, Instant.MIN);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PasswordResetRequested request ->
                new State(state.erased(), request.expiresAt().minus(LIFE).plus(APART));
            case PersonErased erased -> new State(true, state.noneBefore());
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(RequestReset command, State state) {
        return !command.isSomebody() || state.erased() || command.at().isBefore(state.noneBefore())
                ? List.of(new MailWithheld(command.personId(), command.requestId()))
                : List.of(new PasswordResetRequested(
                        command.personId(), command.requestId(), command.at().plus(LIFE)));
    }
}
