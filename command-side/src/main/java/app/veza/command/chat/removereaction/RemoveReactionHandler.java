package app.veza.command.chat.removereaction;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.chat.Addressed;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Who reacted may take it back. Who did not need not. */
@Component
final class RemoveReactionHandler implements Decider<RemoveReaction, RemoveReactionHandler.State> {

    /** @param own emoji that the person gave this message */
    record State(Room room, Addressed message, Set<String> own) {}

    @Override
    public Class<RemoveReaction> command() {
        return RemoveReaction.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RemoveReaction command) {
        return Boundary.anyOf(Stream.concat(
                Room.boundary(command.roomId(), command.by()),
                Stream.of(
                        Addressed.boundary(command.roomId(), command.messageId()),
                        events(
                                tags(MESSAGE, command.messageId(), PERSON, command.by()),
                                ReactionAdded.class,
                                ReactionRemoved.class))));
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, Addressed.UNKNOWN, Set.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case ReactionAdded added ->
                new State(
                        state.room(),
                        state.message(),
                        Stream.concat(state.own().stream(), Stream.of(added.emoji()))
                                .collect(Collectors.toUnmodifiableSet()));
            case ReactionRemoved removed ->
                new State(
                        state.room(),
                        state.message(),
                        state.own().stream()
                                .filter(emoji -> !emoji.equals(removed.emoji()))
                                .collect(Collectors.toUnmodifiableSet()));
            default -> new State(state.room().evolve(event), state.message().evolve(event), state.own());
        };
    }

    @Override
    public List<VezaEvent> decide(RemoveReaction command, State state) {
        state.room().requireMemberOfOpen(command.by());
        state.message().requireThere();
        return state.own().contains(command.emoji())
                ? List.of(new ReactionRemoved(command.roomId(), command.messageId(), command.by(), command.emoji()))
                : List.of();
    }
}
