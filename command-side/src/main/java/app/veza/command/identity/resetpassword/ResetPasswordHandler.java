package app.veza.command.identity.resetpassword;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Past;
import app.veza.command.identity.openid.LinkedProviders;
import app.veza.command.identity.session.LiveSessions;
import app.veza.command.identity.token.MailedTokenRejections;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.ProviderUnlinked;
import app.veza.event.identity.SessionEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Every mail is good for half an hour, one of them once, and none after the password changed in any other way: were it the newest only,
 * whoever asks for more would keep the owner from ever using theirs. Whoever was in by the old password is out, and what else opened the account opens it no longer: whoever linked it may not have been its owner.
 */
@Component
final class ResetPasswordHandler implements Decider<ResetPassword, ResetPasswordHandler.State> {

    /** @param open the requests since the password changed last */
    record State(Past<PasswordResetRequested> open, LiveSessions sessions, LinkedProviders linked) {}

    @Override
    public Class<ResetPassword> command() {
        return ResetPassword.class;
    }

    @Override
    public Optional<EventCriteria> boundary(ResetPassword command) {
        return Boundary.anyOf(
                events(
                        tag(PERSON, command.personId()),
                        PasswordResetRequested.class,
                        PasswordChanged.class,
                        PersonErased.class),
                LiveSessions.of(command.personId()),
                LinkedProviders.of(command.personId()));
    }

    @Override
    public State initial() {
        return new State(Past.none(), LiveSessions.NONE, LinkedProviders.NONE);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case PasswordResetRequested request ->
                new State(state.open().with(request), state.sessions(), state.linked());
            case PasswordChanged changed -> new State(Past.none(), state.sessions(), state.linked());
            case PersonErased erased -> new State(Past.none(), state.sessions(), state.linked());
            default ->
                new State(
                        state.open(),
                        state.sessions().after(event),
                        state.linked().after(event));
        };
    }

    @Override
    public List<VezaEvent> decide(ResetPassword command, State state) {
        if (!isOpen(command, state)) {
            throw MailedTokenRejections.notGood();
        }
        List<VezaEvent> events = new ArrayList<>();
        events.add(new PasswordChanged(command.personId(), command.passwordHash(), true));
        state.linked()
                .byKey()
                .forEach((key, provider) -> events.add(new ProviderUnlinked(command.personId(), provider, key)));
        events.addAll(state.sessions()
                .endAllBut(null, command.at(), SessionEnded.Reason.PASSWORD_CHANGED, command.personId()));
        return events;
    }

    private static boolean isOpen(ResetPassword command, State state) {
        for (PasswordResetRequested request : state.open()) {
            if (request.requestId().equals(command.requestId())) {
                return command.at().isBefore(request.expiresAt());
            }
        }
        return false;
    }
}
