package app.veza.command.identity.signinwith;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.EMAIL;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.SessionRejections;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.openid.ExternalAccounts;
import app.veza.command.identity.secondfactor.SecondFactor;
import app.veza.command.identity.token.MailedToken.Purpose;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProviderLinked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An external account opens the one that it was linked to, known by issuer and subject, and no other: not one with the same address, which
 * a provider may say without having proved it. Who has none gets one, whose address is proved by our own mail.
 */
@Component
final class SignInWithHandler implements Decider<SignInWith, SignInWithHandler.State> {

    /**
     * @param ownerId whose account is opened, null for nobody's
     * @param taken usernames, as they are compared
     * @param emailOwnerId who has proved that the address is theirs, null for nobody
     */
    record State(
            @Nullable UUID ownerId,
            SecondFactor factor,
            Set<String> taken,
            @Nullable UUID emailOwnerId) {

        State owned(@Nullable UUID owner) {
            return new State(owner, factor, taken, emailOwnerId);
        }
    }

    @Override
    public Class<SignInWith> command() {
        return SignInWith.class;
    }

    @Override
    public Optional<EventCriteria> boundary(SignInWith command) {
        EventCriteria links = ExternalAccounts.links(command.external().key());
        if (command.ownerId() != null) {
            return Boundary.anyOf(
                    links,
                    events(tag(PERSON, command.ownerId()), PersonErased.class),
                    SecondFactor.of(command.ownerId()));
        }
        Stream<EventCriteria> names = command.opening().usernames().stream()
                .map(name -> events(tag(USERNAME, Usernames.key(name)), PersonRegistered.class));
        EventCriteria address = events(tag(EMAIL, command.opening().emailKey()), EmailVerified.class);
        return Boundary.anyOf(Stream.concat(Stream.of(links, address), names));
    }

    @Override
    public Optional<Further> further(SignInWith command, State state) {
        return command.ownerId() != null && state.factor().isOn()
                ? Optional.of(Further.last(SecondFactor.uses(command.ownerId())))
                : Optional.empty();
    }

    @Override
    public State initial() {
        return new State(null, SecondFactor.NONE, Set.of(), null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PersonErased erased -> erased.personId().equals(state.ownerId()) ? state.owned(null) : state;
            case PersonRegistered person
            when !Erased.is(person.usernameKey()) -> {
                var taken = new HashSet<>(state.taken());
                taken.add(person.usernameKey());
                yield new State(state.ownerId(), state.factor(), taken, state.emailOwnerId());
            }
            case EmailVerified verified
            when !Erased.is(verified.emailKey()) ->
                new State(state.ownerId(), state.factor(), state.taken(), verified.personId());
            default ->
                new State(
                        ExternalAccounts.ownerAfter(state.ownerId(), event),
                        state.factor().after(event),
                        state.taken(),
                        state.emailOwnerId());
        };
    }

    @Override
    public List<VezaEvent> decide(SignInWith command, State state) {
        if (!Objects.equals(state.ownerId(), command.ownerId())) {
            throw new CredentialsChanged();
        }
        List<VezaEvent> events = new ArrayList<>();
        if (state.ownerId() == null) {
            events.addAll(opened(command, state));
        } else if (state.factor().isOn()) {
            if (command.code() == null) {
                throw SessionRejections.totpRequired();
            }
            events.add(state.factor()
                    .use(state.ownerId(), command.code(), command.at())
                    .orElseThrow(SessionRejections::invalidTotp));
        }
        UUID person = state.ownerId() == null ? command.opening().personId() : state.ownerId();
        events.add(new LoggedIn(
                command.sessionId(),
                person,
                command.client().address(),
                command.client().agent(),
                command.refreshTokenHash(),
                command.expiresAt()));
        return events;
    }

    private static List<VezaEvent> opened(SignInWith command, State state) {
        SignInWith.Opening opening = command.opening();
        if (opening.email().isEmpty()) {
            throw new Rejection(
                    Kind.INVALID,
                    "email-missing",
                    "No e-mail address",
                    "The provider told no usable e-mail address of you: register with a password, then link it.");
        }
        String username = opening.usernames().stream()
                .filter(name -> !state.taken().contains(Usernames.key(name)))
                .findFirst()
                .orElseThrow(CredentialsChanged::new);
        UUID person = opening.personId();
        return List.of(
                new PersonRegistered(
                        person,
                        username,
                        Usernames.key(username),
                        opening.displayName() == null ? username : opening.displayName(),
                        opening.email(),
                        opening.passwordHash()),
                state.emailOwnerId() == null
                        ? new EmailVerificationRequested(
                                person,
                                opening.requestId(),
                                opening.email(),
                                opening.emailKey(),
                                command.at().plus(Purpose.VERIFY_EMAIL.life()))
                        : new ClaimedEmailReused(state.emailOwnerId()),
                new ProviderLinked(
                        person,
                        command.external().provider(),
                        command.external().key()));
    }
}
