package app.veza.server.gateway;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

import app.veza.command.History;
import app.veza.event.EventTags;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.query.shape.Person;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People as others see them, from this node's index of the log: frames wait for no database. */
final class People {

    private static final int REMEMBERED = 50_000;
    private static final Duration FOR = Duration.ofMinutes(10);

    private final History history;
    private final Cache<UUID, Person> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    People(History history) {
        this.history = history;
    }

    /** Empty when the log has no registration under this id. */
    Optional<Person> of(UUID id) {
        return Optional.ofNullable(known.get(id, this::registered));
    }

    /** They were erased, or are called otherwise: the next look sees it. */
    void forget(UUID id) {
        known.invalidate(id);
    }

    private @Nullable Person registered(UUID id) {
        Person person = null;
        for (VezaEvent event :
                history.read(events(tag(EventTags.PERSON, id), PersonRegistered.class, ProfileChanged.class))) {
            if (event instanceof PersonRegistered registered) {
                person = new Person(id, registered.username(), registered.displayName());
            } else if (person != null && event instanceof ProfileChanged changed) {
                person = new Person(id, person.username(), changed.displayName());
            }
        }
        return person;
    }
}
