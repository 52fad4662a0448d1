package app.veza.command.notification;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.History;
import app.veza.command.chat.Room;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import app.veza.event.identity.PersonErased;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Looks webhooks up in the log: nowhere else are they kept. */
@Component
public final class Webhooks {

    private final History history;

    Webhooks(History history) {
        this.history = history;
    }

    public Optional<Webhook> byId(UUID webhookId) {
        Optional<Webhook> webhook = Optional.empty();
        for (VezaEvent event : history.read(Webhook.of(webhookId))) {
            webhook = Webhook.after(webhook, event);
        }
        return webhook;
    }

    /** Those of a person that are there, the newest first. */
    public List<Webhook> of(UUID person) {
        Set<UUID> ids = new HashSet<>();
        for (VezaEvent event :
                history.read(events(tag(PERSON, person), WebhookRegistered.class, WebhookRemoved.class))) {
            switch (event) {
                case WebhookRegistered registered -> ids.add(registered.webhookId());
                case WebhookRemoved removed -> ids.remove(removed.webhookId());
                default -> throw new IllegalStateException("Not asked for: " + event.getClass());
            }
        }
        return ids.stream()
                .sorted(Comparator.reverseOrder())
                .flatMap(id -> byId(id).stream())
                .toList();
    }

    /** One that may be told something now: it is enabled, whose it is is there, and an owner of the room that it is told of. */
    public Optional<Webhook> entitled(UUID webhookId) {
        return byId(webhookId)
                .filter(webhook -> webhook.disabled() == null)
                .filter(webhook -> !Erased.is(webhook.url()) && !isErased(webhook.ownerId()))
                .filter(webhook -> webhook.roomId() == null || isOwner(webhook.ownerId(), webhook.roomId()));
    }

    private boolean isErased(UUID person) {
        return !history.read(events(tag(PERSON, person), PersonErased.class)).isEmpty();
    }

    private boolean isOwner(UUID person, UUID roomId) {
        Room room = Room.UNKNOWN;
        for (VezaEvent event :
                history.read(EventCriteria.either(Room.boundary(roomId, person).toList()))) {
            room = room.evolve(event);
        }
        return room.roleOf(person) == MemberRole.OWNER;
    }
}
