package app.veza.command.identity.forgotpassword;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.EMAIL;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * One mail a minute, and five that are good at a time, are enough for who forgot, and all that can be done to a mailbox by who did not; ten an
 * hour to one that nobody has proved to be theirs, however many accounts were opened with it.
 * Whoever asks, and for whom, the log grows alike.
 */
@Component
final class RequestResetHandler implements Decider<RequestReset, RequestResetHandler.State> {

    static final Duration LIFE = Purpose.RESET_PASSWORD.life();
    static final Duration APART = Duration.ofMinutes(1);

    static final int MOST_OPEN = 5;

    /** To an address that nobody has proved to be theirs: anybody may open accounts with it, and have each of them mailed. */
    static final int MOST_AN_HOUR = 10;

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * @param askedFor when, for each account that has the address or is meant, the last times, the last one first
     * @param atAddress when, for any of them, the last {@value #MOST_AN_HOUR} times, the last one first
     */
    record State(boolean erased, Map<UUID, List<Instant>> askedFor, List<Instant> atAddress) {

        State askedAgain(UUID person, Instant at) {
            Map<UUID, List<Instant>> asked = new HashMap<>(askedFor);
            asked.merge(person, List.of(at), (before, now) -> last(MOST_OPEN, at, before));
            return new State(erased, asked, last(MOST_AN_HOUR, at, atAddress));
        }

        private static List<Instant> last(int most, Instant at, List<Instant> before) {
            return Stream.concat(Stream.of(at), before.stream()).limit(most).toList();
        }

        boolean mayAsk(RequestReset command) {
            Instant now = command.at();
            List<Instant> asked = askedFor.getOrDefault(command.personId(), List.of());
            return (asked.isEmpty() || !now.isBefore(asked.getFirst().plus(APART)))
                    && (asked.size() < MOST_OPEN
                            || !now.isBefore(asked.getLast().plus(LIFE)))
                    && (command.isProved()
                            || atAddress.size() < MOST_AN_HOUR
                            || !now.isBefore(atAddress.getLast().plus(HOUR)));
        }
    }

    @Override
    public Class<RequestReset> command() {
        return RequestReset.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RequestReset command) {
        return Boundary.anyOf(
                events(tag(PERSON, command.personId()), PasswordResetRequested.class, PersonErased.class),
                events(tag(EMAIL, command.emailKey()), PasswordResetRequested.class));
    }

    @Override
    public State initial() {
        return new State(false, Map.of(), List.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PasswordResetRequested request ->
                state.askedAgain(request.personId(), request.expiresAt().minus(LIFE));
            case PersonErased erased -> new State(true, state.askedFor(), state.atAddress());
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(RequestReset command, State state) {
        return !command.isSomebody() || state.erased() || !state.mayAsk(command)
                ? List.of(new MailWithheld(command.personId(), command.requestId()))
                : List.of(new PasswordResetRequested(
                        command.personId(),
                        command.requestId(),
                        command.emailKey(),
                        command.at().plus(LIFE)));
    }
}
