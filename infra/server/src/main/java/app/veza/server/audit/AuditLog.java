package app.veza.server.audit;

import app.veza.command.Ids;
import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.identity.PrivilegedRequestMade;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.KeysUnavailableException;
import app.veza.eventstore.personal.SubjectErasedException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Appends what was done by a role to the log of everything else, and reads it from there: nobody can change or omit it later. */
@Component
final class AuditLog {

    /** In place of a person's id, of who holds the token of the platform's own machine. */
    static final UUID OPERATOR = new UUID(0, 0);

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final String TYPE = EventTypes.nameOf(PrivilegedRequestMade.class);
    private static final String REVISION =
            PrivilegedRequestMade.class.getAnnotation(Event.class).version();

    private final EventLog events;
    private final JacksonEventCodec codec;
    private final InstantSource clock;

    AuditLog(EventLog events, JacksonEventCodec codec, InstantSource clock) {
        this.events = events;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * Hands it over and does not wait. What cannot be appended, because the log is away just now, is at least in the node's own
     * log.
     */
    void record(PrivilegedRequestMade made) {
        try {
            var event = new NewEvent(
                    Ids.next().toString(),
                    TYPE,
                    REVISION,
                    clock.instant(),
                    List.of(new Tag(EventTags.PERSON, made.personId().toString())),
                    Map.of(),
                    encoded(made));
            events.append(AppendRequest.of(event)).whenComplete((appended, failure) -> {
                if (failure != null) {
                    log.error("Could not be kept in the log: {}", made, failure);
                }
            });
        } catch (KeysUnavailableException away) {
            log.error("Could not be kept in the log: {}", made, away);
        }
    }

    private byte[] encoded(PrivilegedRequestMade made) {
        try {
            return codec.encode(TYPE, REVISION, made);
        } catch (SubjectErasedException gone) {
            return codec.encode(
                    TYPE,
                    REVISION,
                    new PrivilegedRequestMade(
                            made.personId(), made.method(), made.route(), made.path(), made.status(), null));
        }
    }

    /**
     * Newest first.
     *
     * @param person null: everybody's
     */
    Browsing browse(@Nullable UUID person, long after, long upTo) {
        Set<Tag> tags = person == null ? Set.of() : Set.of(new Tag(EventTags.PERSON, person.toString()));
        return events.browse(EventQuery.of(Criteria.anyOf(new Criterion(Set.of(TYPE), tags)))
                .after(after)
                .upTo(upTo)
                .backwards());
    }

    JacksonEventCodec codec() {
        return codec;
    }
}
