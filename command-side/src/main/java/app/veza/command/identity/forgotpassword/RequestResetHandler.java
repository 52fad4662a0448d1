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
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * One mail a minute, and five that are good at a time, are enough for who forgot, and all that can be done to a mailbox by who did not.
 * Whoever asks, and for whom, the log grows alike.
 */
@Component
final class RequestResetHandler implements Decider<RequestReset, RequestResetHandler.State> {

    static final Duration LIFE = Purpose.RESET_PASSWORD.life();
    static final Duration APART = Duration.ofMinutes(1);

    static final int MOST_OPEN = 5;

    /** @param asked when, the last {@value #MOST_OPEN} times, the last one first */
    record State(boolean erased, List<Instant> asked) {

        State askedAgain(Instant at) {
            return new State(
                    erased,
                    Stream.concat(Stream.of(at), asked.stream())
                            .limit(MOST_OPEN)
                            .toList());
        }

        boolean mayAsk(Instant now) {
            return (asked.isEmpty() || !now.isBefore(asked.getFirst().plus(APART)))
                    && (asked.size() < MOST_OPEN
                            || !now.isBefore(asked.getLast().plus(LIFE)));
        }
    }

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
        return new State(false, List.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PasswordResetRequested request ->
                state.askedAgain(request.expiresAt().minus(LIFE));
            case PersonErased erased -> new State(true, state.asked());
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(RequestReset command, State state) {
        return !command.isSomebody() || state.erased() || !state.mayAsk(command.at())
                ? List.of(new MailWithheld(command.personId(), command.requestId()))
                : List.of(new PasswordResetRequested(
                        command.personId(), command.requestId(), command.at().plus(LIFE)));
    }
}
