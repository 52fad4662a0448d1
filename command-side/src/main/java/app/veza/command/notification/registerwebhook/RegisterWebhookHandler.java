package app.veza.command.notification.registerwebhook;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.InvalidInput;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.chat.Room;
import app.veza.command.notification.WebhookInput;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import app.veza.event.identity.PersonErased;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Owners of a room have it tell their programs what happens there, everybody what becomes of their streams. */
@Component
final class RegisterWebhookHandler implements Decider<RegisterWebhook, RegisterWebhookHandler.State> {

    private static final int MOST = 20;

    /** @param webhooks that the person has */
    record State(Room room, int webhooks, boolean erased) {}

    @Override
    public Class<RegisterWebhook> command() {
        return RegisterWebhook.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RegisterWebhook command) {
        UUID room = command.roomId();
        return Boundary.anyOf(Stream.concat(
                room == null ? Stream.empty() : Room.boundary(room, command.personId()),
                Stream.of(events(
                        tag(PERSON, command.personId()),
                        WebhookRegistered.class,
                        WebhookRemoved.class,
                        PersonErased.class))));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, 0, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case WebhookRegistered registered -> new State(state.room(), state.webhooks() + 1, state.erased());
            case WebhookRemoved removed -> new State(state.room(), state.webhooks() - 1, state.erased());
            case PersonErased erased -> new State(state.room(), state.webhooks(), true);
            default -> new State(state.room().evolve(event), state.webhooks(), state.erased());
        };
    }

    @Override
    public List<VezaEvent> decide(RegisterWebhook command, State state) {
        if (state.erased()) {
            throw Rejection.unauthenticated("This account was erased.");
        }
        if (command.roomId() != null) {
            requireOwner(command.personId(), state.room());
        }
        WebhookInput.requireToldOf(command.types(), command.roomId() != null);
        String fault = command.urlFault();
        if (fault != null) {
            throw new InvalidInput("/url", fault);
        }
        if (state.webhooks() >= MOST) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "too-many-webhooks",
                    "Too many webhooks",
                    "You have " + MOST + " webhooks: remove one first.");
        }
        return List.of(new WebhookRegistered(
                command.webhookId(),
                command.personId(),
                command.roomId(),
                command.types(),
                command.url(),
                command.description(),
                command.secret()));
    }

    private static void requireOwner(UUID person, Room room) {
        if (room.requireMemberOfOpen(person) != MemberRole.OWNER) {
            throw Rejection.forbidden("Only owners of the room may have programs told what happens in it.");
        }
    }
}
