package app.veza.server.node;

import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.EventUpcasters;
import app.veza.event.identity.PersonErased;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.PayloadTransform;
import app.veza.eventstore.json.Upcaster;
import app.veza.eventstore.personal.ErasureEvents;
import app.veza.eventstore.personal.ErasureRegister;
import app.veza.eventstore.personal.Erasures;
import app.veza.eventstore.personal.KeysUnavailableException;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.eventstore.personal.PersonalFields;
import app.veza.eventstore.personal.SubjectKeys;
import app.veza.stores.ObjectStore;
import app.veza.stores.PostgresPool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Personal data: its keys, who was erased, and the codec that encrypts. Whoever reads or appends events needs the codec, and the codec
 * needs {@link Erasures}: nothing is served before every erasure has been replayed.
 */
@Configuration(proxyBeanMethods = false)
class PersonalWiring {

    private static final Logger log = LoggerFactory.getLogger(PersonalWiring.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String ERASED = EventTypes.nameOf(PersonErased.class);
    private static final String REVISION =
            PersonErased.class.getAnnotation(Event.class).version();

    @Bean
    SubjectKeys subjectKeys(@Qualifier("keyPool") PostgresPool pool, NodeConfig node) {
        MasterKeys masterKeys = MasterKeySource.read(node.masterKeyFile());
        return patiently(() -> SubjectKeys.open(pool.dataSource(), masterKeys));
    }

    @Bean
    ErasureRegister erasureRegister(ObjectStore objects, NodeConfig node) {
        return new StoredErasures(objects, node.log().stream());
    }

    @Bean
    Erasures erasures(EventLog eventLog, SubjectKeys keys, ErasureRegister register) {
        // What it reads and writes is the one event that holds nothing personal
        var codec = new JacksonEventCodec(EventTypes.byName(), upcasters(), PayloadTransform.NONE);
        var events = new ErasureEvents(
                ERASED,
                (RecordedEvent event) ->
                        ((PersonErased) codec.decode(event)).personId().toString(),
                person -> erasure(codec, UUID.fromString(person)));
        return patiently(() -> Erasures.open(eventLog, keys, register, events));
    }

    @Bean
    JacksonEventCodec eventCodec(SubjectKeys keys, Erasures replayed) {
        return new JacksonEventCodec(
                EventTypes.byName(),
                upcasters(),
                new PersonalFields(EventTypes.personalFields(), EventTags.PERSON, keys, Erased.TEXT));
    }

    private static List<Upcaster> upcasters() {
        return EventUpcasters.all().stream()
                .map(step -> new Upcaster(step.type(), step.fromRevision(), step.toRevision(), step.change()))
                .toList();
    }

    private static NewEvent erasure(JacksonEventCodec codec, UUID person) {
        return new NewEvent(
                UUID.randomUUID().toString(),
                ERASED,
                REVISION,
                Instant.now(),
                List.of(new Tag(EventTags.PERSON, person.toString())),
                Map.of(),
                codec.encode(ERASED, REVISION, new PersonErased(person)));
    }

    /** Stores may start at the same moment as this node; without them it must not serve, for it would not know who was erased. */
    private static <T> T patiently(Supplier<T> start) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return start.get();
            } catch (KeysUnavailableException | SdkException away) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "Who was erased cannot be known without the database of the keys and the object storage",
                            away);
                }
                log.warn("This node waits for its keys of personal data or its object storage: {}", away.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
