package app.veza.command.identity.register;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.EMAIL;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.identity.token.MailedToken.Purpose;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.PersonRegistered;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A username belongs to one person, until they are erased. That is a condition on its tag: there is no table of names.
 *
 * <p>An address is claimed by proof only, so anybody may open an account with any. When it is another's, nobody but that person
 * learns of it: an account is opened all the same, and can never prove its address.
 */
@Component
final class RegisterHandler implements Decider<Register, RegisterHandler.State> {

    /**
     * @param isTaken whether somebody has the username
     * @param ownerId who has proved that the address is theirs, null for nobody
     */
    record State(boolean isTaken, @Nullable UUID ownerId) {}

    @Override
    public Class<Register> command() {
        return Register.class;
    }

    @Override
    public Optional<EventCriteria> boundary(Register command) {
        return Boundary.anyOf(
                events(tag(USERNAME, command.usernameKey()), PersonRegistered.class),
                events(tag(EMAIL, command.emailKey()), EmailVerified.class));
    }

    @Override
    public State initial() {
        return new State(false, null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PersonRegistered person when !Erased.is(person.usernameKey()) -> new State(true, state.ownerId());
            case EmailVerified verified
            when !Erased.is(verified.emailKey()) -> new State(state.isTaken(), verified.personId());
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(Register command, State state) {
        if (state.isTaken()) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "username-taken",
                    "Username taken",
                    "Somebody else has this username: choose another.");
        }
        return List.of(
                new PersonRegistered(
                        command.personId(),
                        command.username(),
                        command.usernameKey(),
                        command.displayName(),
                        command.email(),
                        command.passwordHash()),
                state.ownerId() == null
                        ? new EmailVerificationRequested(
                                command.personId(),
                                command.requestId(),
                                command.email(),
                                command.emailKey(),
                                command.at().plus(Purpose.VERIFY_EMAIL.life()))
                        : new ClaimedEmailReused(state.ownerId()));
    }
}
