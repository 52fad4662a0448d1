package app.veza.server.gateway;

import static app.veza.eventstore.command.EventLogUnavailableException.whileReading;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.Tag;
import app.veza.eventstore.command.EventLogUnavailableException;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.query.shape.Person;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * People as others see them, from this node's index of the log: frames wait for no database, nor for the index, since who does something
 * had registered before.
 */
final class People {

    private static final int REMEMBERED = 50_000;
    private static final Duration FOR = Duration.ofMinutes(10);
    private static final String REGISTERED = EventTypes.nameOf(PersonRegistered.class);
    private static final String CHANGED = EventTypes.nameOf(ProfileChanged.class);

    private final EventLog events;
    private final JacksonEventCodec codec;
    private final Cache<UUID, Person> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    People(EventLog events, JacksonEventCodec codec) {
        this.events = events;
        this.codec = codec;
    }

    /**
     * Empty when the log has no registration under this id.
     *
     * @throws EventLogUnavailableException when it cannot be read now
     */
    Optional<Person> of(UUID id) {
        return Optional.ofNullable(known.get(id, this::registered));
    }

    /** They were erased: the next look sees it. */
    void forget(UUID id) {
        known.invalidate(id);
    }

    /** They are called so from now on. */
    void rename(UUID id, String displayName) {
        known.asMap().computeIfPresent(id, (same, person) -> new Person(id, person.username(), displayName));
    }

    private @Nullable Person registered(UUID id) {
        Criterion ofPerson = Criterion.tagged(new Tag(EventTags.PERSON, id.toString()));
        return whileReading(() -> {
            Sourcing registrations = events.sourceIndexed(Criteria.anyOf(ofPerson.ofTypes(REGISTERED)), 0);
            if (!registrations.hasNext()
                    || !(codec.decode(registrations.next()) instanceof PersonRegistered registered)) {
                return null;
            }
            // The last is all of it, however many there are
            Browsing changes = events.browseIndexed(
                    EventQuery.of(Criteria.anyOf(ofPerson.ofTypes(CHANGED))).backwards());
            String name = changes.hasNext() && codec.decode(changes.next()) instanceof ProfileChanged changed
                    ? changed.displayName()
                    : registered.displayName();
            return new Person(id, registered.username(), name);
        });
    }
}
