package app.veza.command.chat.addreaction;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Past;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.chat.Addressed;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may speak in the room may react, with each emoji once, until a message bears too many different ones. */
@Component
final class AddReactionHandler implements Decider<AddReaction, AddReactionHandler.State> {

    /** Different ones on one message. */
    private static final int MOST = 20;

    /** @param reactions given and taken back, of those that were looked at */
    record State(Room room, Addressed message, Past<VezaEvent> reactions) {

        /** Who gave which emoji. */
        Map<String, Set<UUID>> people() {
            Map<String, Set<UUID>> people = new HashMap<>();
            for (VezaEvent reaction : reactions) {
                switch (reaction) {
                    case ReactionAdded added ->
                        people.computeIfAbsent(added.emoji(), emoji -> new HashSet<>())
                                .add(added.personId());
                    case ReactionRemoved removed ->
                        people.computeIfPresent(removed.emoji(), (emoji, those) -> without(those, removed.personId()));
                    default -> {}
                }
            }
            return people;
        }

        private static @Nullable Set<UUID> without(Set<UUID> people, UUID person) {
            people.remove(person);
            return people.isEmpty() ? null : people;
        }
    }

    @Override
    public Class<AddReaction> command() {
        return AddReaction.class;
    }

    @Override
    public Optional<EventCriteria> boundary(AddReaction command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.by()),
                Stream.of(
                        Addressed.boundary(command.roomId(), command.messageId()),
                        events(
                                command.isNew()
                                        ? tag(MESSAGE, command.messageId())
                                        : tags(MESSAGE, command.messageId(), PERSON, command.by()),
                                ReactionAdded.class,
                                ReactionRemoved.class))));
    }

    @Override
    public Optional<Further> further(AddReaction command, State state) {
        return state.room().blocks();
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, Addressed.UNKNOWN, Past.none());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case ReactionAdded added ->
                new State(state.room(), state.message(), state.reactions().with(added));
            case ReactionRemoved removed ->
                new State(state.room(), state.message(), state.reactions().with(removed));
            default -> new State(state.room().evolve(event), state.message().evolve(event), state.reactions());
        };
    }

    @Override
    public List<VezaEvent> decide(AddReaction command, State state) {
        state.room().requireMember(command.by());
        state.message().requireStanding();
        state.room().requireVoice(command.by(), command.at());
        Map<String, Set<UUID>> people = state.people();
        Set<UUID> those = people.getOrDefault(command.emoji(), Set.of());
        if (those.contains(command.by())) {
            return List.of();
        }
        if (command.isNew() && those.isEmpty() && people.size() >= MOST) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "too-many-reactions",
                    "Too many reactions",
                    "The message bears %d different emoji already: take one of those.".formatted(MOST));
        }
        return List.of(new ReactionAdded(command.roomId(), command.messageId(), command.by(), command.emoji()));
    }
}
