package app.veza.command.identity.verifyemail;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.EMAIL;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.identity.token.MailedTokenRejections;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.PersonErased;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An address belongs to who first proved it, until they are erased. That is a condition on its tag, as with usernames. */
@Component
final class VerifyEmailHandler implements Decider<VerifyEmail, VerifyEmailHandler.State> {

    /**
     * @param requests of the person, by id
     * @param ownerId whose the address is, null while it is nobody's
     */
    record State(
            Map<UUID, EmailVerificationRequested> requests,
            boolean erased,
            @Nullable UUID ownerId) {}

    @Override
    public Class<VerifyEmail> command() {
        return VerifyEmail.class;
    }

    @Override
    public Optional<EventCriteria> boundary(VerifyEmail command) {
        return Boundary.anyOf(
                events(tag(PERSON, command.personId()), EmailVerificationRequested.class, PersonErased.class),
                events(tag(EMAIL, command.emailKey()), EmailVerified.class));
    }

    @Override
    public State initial() {
        return new State(Map.of(), false, null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case EmailVerificationRequested request -> {
                var requests = new HashMap<>(state.requests());
                requests.put(request.requestId(), request);
                yield new State(requests, state.erased(), state.ownerId());
            }
            case EmailVerified verified
            when !Erased.is(verified.emailKey()) -> new State(state.requests(), state.erased(), verified.personId());
            case PersonErased erased -> new State(state.requests(), true, state.ownerId());
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(VerifyEmail command, State state) {
        EmailVerificationRequested request = state.requests().get(command.requestId());
        if (request == null || state.erased() || !request.emailKey().equals(command.emailKey())) {
            throw MailedTokenRejections.notGood();
        }
        if (command.personId().equals(state.ownerId())) {
            return List.of();
        }
        if (state.ownerId() != null || !command.at().isBefore(request.expiresAt())) {
            throw MailedTokenRejections.notGood();
        }
        return List.of(new EmailVerified(command.personId(), request.email(), request.emailKey()));
    }
}
