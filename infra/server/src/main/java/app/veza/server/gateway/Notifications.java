package app.veza.server.gateway;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

import app.veza.command.History;
import app.veza.event.EventTags;
import app.veza.event.VezaEvent;
import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationKind;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.event.notification.NotificationRaised;
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
import tools.jackson.databind.json.JsonMapper;

/** What comes into somebody's inbox is told to all their sockets of this node, in the shape that the inbox has. */
final class Notifications {

    private final Presence presence;
    private final People people;
    private final History history;
    private final JsonMapper json;

    Notifications(Presence presence, People people, History history, JsonMapper json) {
        this.presence = presence;
        this.people = people;
        this.history = history;
        this.json = json;
    }

    /** @param roomId of the room in which it happened, as all frames about a room have it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record NotificationFrame(
            String type, long position, @Nullable UUID roomId, Notification notification) {}

    void raised(long position, Instant at, NotificationRaised raised) {
        Set<Connection> sockets = presence.socketsOf(raised.personId());
        if (sockets.isEmpty() || !comesIntoTheInbox(raised)) {
            return;
        }
        EncodedFrame frame = EncodedFrame.text(json.writeValueAsBytes(
                new NotificationFrame("notification", position, raised.roomId(), notification(position, at, raised))));
        sockets.forEach(socket -> socket.send(frame));
        frame.release();
    }

    /** As the projection of the inbox decides it. */
    private boolean comesIntoTheInbox(NotificationRaised raised) {
        if (raised.kind() == NotificationKind.SECURITY) {
            return true;
        }
        boolean wanted = true;
        for (VezaEvent event :
                history.read(events(tag(EventTags.PERSON, raised.personId()), NotificationPreferenceChanged.class))) {
            if (event instanceof NotificationPreferenceChanged choice
                    && choice.kind() == raised.kind()
                    && choice.channel() == NotificationChannel.INBOX) {
                wanted = choice.wanted();
            }
        }
        return wanted;
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
