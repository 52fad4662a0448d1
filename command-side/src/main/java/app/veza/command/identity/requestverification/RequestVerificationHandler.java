package app.veza.command.identity.requestverification;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.identity.token.MailedToken.Purpose;
import app.veza.event.VezaEvent;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.MailWithheld;
import app.veza.event.identity.PersonErased;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The same address again; not where it was proved, nor where it never was asked for, and one mail a minute at most. The log grows alike:
 * who sees its positions does not learn that the address is another's.
 */
@Component
final class RequestVerificationHandler implements Decider<RequestVerification, RequestVerificationHandler.State> {

    private static final Duration APART = Duration.ofMinutes(1);

    /** @param asked the last request that may be repeated, null when there is none */
    record State(@Nullable EmailVerificationRequested asked) {}

    @Override
    public Class<RequestVerification> command() {
        return RequestVerification.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RequestVerification command) {
        return Boundary.of(events(
                tag(PERSON, command.personId()),
                EmailVerificationRequested.class,
                EmailVerified.class,
                PersonErased.class));
    }

    @Override
    public State initial() {
        return new State(null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case EmailVerificationRequested request -> new State(request);
            case EmailVerified verified -> new State(null);
            case PersonErased erased -> new State(null);
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(RequestVerification command, State state) {
        EmailVerificationRequested asked = state.asked();
        var life = Purpose.VERIFY_EMAIL.life();
        if (asked == null || command.at().isBefore(asked.expiresAt().minus(life).plus(APART))) {
            return List.of(new MailWithheld(command.personId(), command.requestId()));
        }
        return List.of(new EmailVerificationRequested(
                command.personId(),
                command.requestId(),
                asked.email(),
                asked.emailKey(),
                command.at().plus(life)));
    }
}
