package app.veza.command.identity;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.History;
import app.veza.event.Erased;
import app.veza.event.identity.PersonRegistered;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Looks accounts up in the log: nowhere else are their password hashes kept. */
@Component
public final class Accounts {

    private final History history;

    public Accounts(History history) {
        this.history = history;
    }

    public Optional<PersonRegistered> byUsername(String usernameKey) {
        return last(events(tag(USERNAME, usernameKey), PersonRegistered.class));
    }

    public Optional<PersonRegistered> byId(UUID personId) {
        return last(events(tag(PERSON, personId), PersonRegistered.class));
    }

    /** Who was erased has no account, and their name may since be another's. */
    private Optional<PersonRegistered> last(EventCriteria criteria) {
        return history.read(criteria).stream()
                .map(PersonRegistered.class::cast)
                .filter(person -> !Erased.is(person.passwordHash()))
                .reduce((earlier, later) -> later);
    }
}
