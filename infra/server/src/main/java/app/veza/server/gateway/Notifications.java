package app.veza.server.gateway;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationKind;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.event.notification.NotificationRaised;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.EventDecodingException;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.gateway.Connection;
import app.veza.gateway.EncodedFrame;
import app.veza.query.shape.Notification;
import app.veza.server.presence.Presence;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What comes into somebody's inbox is told to all their sockets of this node, in the shape that the inbox has. */
final class Notifications {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final String CHOICE = EventTypes.nameOf(NotificationPreferenceChanged.class);

    private final Presence presence;
    private final People people;
    private final EventLog events;
    private final JacksonEventCodec codec;
    private final JsonMapper json;

    Notifications(Presence presence, People people, EventLog events, JacksonEventCodec codec, JsonMapper json) {
        this.presence = presence;
        this.people = people;
        this.events = events;
        this.codec = codec;
        this.json = json;
    }

    /** @param roomId of the room in which it happened, as all frames about a room have it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record NotificationFrame(
            String type, long position, @Nullable UUID roomId, Notification notification) {}

    void raised(long position, Instant at, NotificationRaised raised) {
        Set<Connection> sockets = presence.socketsOf(raised.personId());
        if (sockets.isEmpty() || !comesIntoTheInbox(position, raised)) {
            return;
        }
        EncodedFrame frame = EncodedFrame.text(json.writeValueAsBytes(
                new NotificationFrame("notification", position, raised.roomId(), notification(position, at, raised))));
        sockets.forEach(socket -> socket.send(frame));
        frame.release();
    }

    /** As the projection of the inbox decides it: by what the person had chosen then, whatever they chose since. */
    private boolean comesIntoTheInbox(long position, NotificationRaised raised) {
        if (raised.kind() == NotificationKind.SECURITY) {
            return true;
        }
        Criterion ofPerson = Criterion.tagged(
                        new Tag(EventTags.PERSON, raised.personId().toString()))
                .ofTypes(CHOICE);
        boolean wanted = true;
        for (Sourcing choices = events.sourceIndexed(Criteria.anyOf(ofPerson), 0); choices.hasNext(); ) {
            RecordedEvent recorded = choices.next();
            if (recorded.position() > position) {
                break;
            }
            if (decoded(recorded) instanceof NotificationPreferenceChanged choice
                    && choice.kind() == raised.kind()
                    && choice.channel() == NotificationChannel.INBOX) {
                wanted = choice.wanted();
            }
        }
        return wanted;
    }

    private @Nullable Object decoded(RecordedEvent choice) {
        try {
            return codec.decode(choice);
        } catch (EventDecodingException unreadable) {
            log.error("The choice at position {} is passed over", choice.position(), unreadable);
            return null;
        }
    }

    private Notification notification(long position, Instant at, NotificationRaised raised) {
        return new Notification(
                raised.notificationId(),
                raised.kind().name().toLowerCase(Locale.ROOT),
                position,
                at.truncatedTo(ChronoUnit.MICROS),
                null,
                Optional.ofNullable(raised.actorId()).flatMap(people::of).orElse(null),
                raised.roomId(),
                raised.messageId(),
                raised.streamId());
    }
}
