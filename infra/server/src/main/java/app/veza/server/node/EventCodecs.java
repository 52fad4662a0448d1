package app.veza.server.node;

import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.EventUpcasters;
import app.veza.event.identity.PersonErased;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.PayloadTransform;
import app.veza.eventstore.json.Upcaster;
import app.veza.eventstore.personal.ErasureEvents;
import app.veza.eventstore.personal.PersonalFields;
import app.veza.eventstore.personal.SubjectKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** How Veza's events stand in the log: in which revisions, what of them encrypted, and what there says that somebody is erased. */
public final class EventCodecs {

    private static final String ERASED = EventTypes.nameOf(PersonErased.class);
    private static final String REVISION =
            PersonErased.class.getAnnotation(Event.class).version();

    private EventCodecs() {}

    public static JacksonEventCodec with(SubjectKeys keys) {
        return codec(new PersonalFields(EventTypes.personalFields(), EventTags.PERSON, keys, Erased.TEXT));
    }

    private static JacksonEventCodec codec(PayloadTransform personal) {
        List<Upcaster> upcasters = EventUpcasters.all().stream()
                .map(step -> new Upcaster(step.type(), step.fromRevision(), step.toRevision(), step.change()))
                .toList();
        return new JacksonEventCodec(EventTypes.byName(), upcasters, personal);
    }

    /** The one event that holds nothing personal: it is read and written before there are keys. */
    public static ErasureEvents erasures() {
        var codec = codec(PayloadTransform.NONE);
        return new ErasureEvents(
                ERASED,
                event -> ((PersonErased) codec.decode(event)).personId().toString(),
                person -> new NewEvent(
                        IdentifierFactory.getInstance().generateIdentifier(),
                        ERASED,
                        REVISION,
                        Instant.now(),
                        List.of(new Tag(EventTags.PERSON, person)),
                        Map.of(),
                        codec.encode(ERASED, REVISION, new PersonErased(UUID.fromString(person)))));
    }
}
