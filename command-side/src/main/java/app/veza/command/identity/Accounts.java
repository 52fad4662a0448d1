package app.veza.command.identity;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.History;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks accounts up in the log: nowhere else are their password hashes kept. */
@Component
public final class Accounts {

    private final History history;

    public Accounts(History history) {
        this.history = history;
    }

    /** Who was erased has no account, and their name may since be another's. */
    public Optional<Account> byUsername(String usernameKey) {
        return history.read(events(tag(USERNAME, usernameKey), PersonRegistered.class)).stream()
                .map(PersonRegistered.class::cast)
                .filter(person -> !Erased.is(person.usernameKey()))
                .reduce((earlier, later) -> later)
                .flatMap(person -> byId(person.personId()));
    }

    public Optional<Account> byId(UUID personId) {
        @Nullable Account account = null;
        for (VezaEvent event : history.read(
                events(tag(PERSON, personId), PersonRegistered.class, ProfileChanged.class, RolesChanged.class))) {
            account = Account.after(account, event);
        }
        return Optional.ofNullable(account);
    }

    /** What a person may do, as far as this node has read the log; what everybody may when it knows nothing of them. */
    public List<Role> rolesOf(UUID personId) {
        return history.read(events(tag(PERSON, personId), RolesChanged.class)).stream()
                .map(event -> ((RolesChanged) event).roles())
                .reduce(Account.FIRST_ROLES, (earlier, later) -> later);
    }
}
