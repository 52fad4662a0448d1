package app.veza.command.identity.secondfactor;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.identity.Account;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * How a person who changes what they sign in with stands: the state of those decisions.
 *
 * @param account null while there is none, and once it is erased
 */
public record Standing(@Nullable Account account, SecondFactor factor) {

    public static final Standing INITIAL = new Standing(null, SecondFactor.NONE);

    public static Optional<EventCriteria> boundary(UUID personId) {
        return Boundary.anyOf(
                events(tag(PERSON, personId), PersonRegistered.class, PasswordChanged.class, PersonErased.class),
                SecondFactor.of(personId));
    }

    /** The last use of a code, where one might be used. */
    public Optional<Further> lastUse(UUID personId) {
        return factor.isOn() ? Optional.of(Further.last(SecondFactor.uses(personId))) : Optional.empty();
    }

    public Standing after(VezaEvent event) {
        return new Standing(Account.after(account, event), factor.after(event));
    }

    public Account existing() {
        if (account == null) {
            throw Rejection.unauthenticated("This account was erased.");
        }
        return account;
    }

    /** Refuses what only makes sense with a second factor. */
    public void requireOn() {
        if (!factor.isOn()) {
            throw new Rejection(
                    Kind.CONFLICT, "totp-off", "No second factor", "You sign in with the password alone already.");
        }
    }

    /** Refuses what only makes sense without one. */
    public void requireOff() {
        if (factor.isOn()) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "totp-on",
                    "There is a second factor",
                    "You sign in with codes already: remove that first, to begin with another device.");
        }
    }
}
