package app.veza.server.gateway;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

import app.veza.command.History;
import app.veza.event.EventTags;
import app.veza.event.identity.PersonRegistered;
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

    /** They were erased: the next look sees it. */
    void forget(UUID id) {
        known.invalidate(id);
    }

    private @Nullable Person registered(UUID id) {
        return history.read(events(tag(EventTags.PERSON, id), PersonRegistered.class)).stream()
                .map(PersonRegistered.class::cast)
                .findFirst()
                .map(person -> new Person(id, person.username(), person.displayName()))
                .orElse(null);
    }
}
