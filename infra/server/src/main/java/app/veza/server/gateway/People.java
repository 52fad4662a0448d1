package app.veza.server.gateway;

import static app.veza.eventstore.command.EventLogUnavailableException.whileReading;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
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

    /** They were erased, or are called otherwise: the next look sees it. */
    void forget(UUID id) {
        known.invalidate(id);
    }

    private @Nullable Person registered(UUID id) {
        Criterion ofPerson =
                Criterion.tagged(new Tag(EventTags.PERSON, id.toString())).ofTypes(REGISTERED, CHANGED);
        return whileReading(() -> {
            Person person = null;
            for (Sourcing found = events.sourceIndexed(Criteria.anyOf(ofPerson), 0); found.hasNext(); ) {
                Object event = codec.decode(found.next());
                if (event instanceof PersonRegistered registered) {
                    person = new Person(id, registered.username(), registered.displayName());
                } else if (person != null && event instanceof ProfileChanged changed) {
                    person = new Person(id, person.username(), changed.displayName());
                }
            }
            return person;
        });
    }
}
