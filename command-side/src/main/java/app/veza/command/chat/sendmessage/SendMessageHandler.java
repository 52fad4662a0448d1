package app.veza.command.chat.sendmessage;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.InvalidInput;
import app.veza.command.chat.RoomRejections;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Members may speak. The decision rests on this sender's own membership in this room, not on what was said: senders of a room
 * never get into each other's way.
 */
@Component
final class SendMessageHandler implements Decider<SendMessage, SendMessageHandler.State> {

    /**
     * @param visibility null while there is no room
     * @param repliedToExists whether the message replied to was sent in this room
     */
    record State(@Nullable Visibility visibility, boolean isMember, boolean repliedToExists) {}

    @Override
    public Class<SendMessage> command() {
        return SendMessage.class;
    }

    @Override
    public Optional<EventCriteria> boundary(SendMessage command) {
        Stream<EventCriteria> always = Stream.of(
                events(tag(ROOM, command.roomId()), RoomCreated.class),
                events(tags(ROOM, command.roomId(), PERSON, command.senderId()), MemberJoined.class, MemberLeft.class));
        return Boundary.anyOf(
                command.replyTo() == null
                        ? always
                        : Stream.concat(
                                always,
                                Stream.of(events(
                                        tags(ROOM, command.roomId(), MESSAGE, command.replyTo()), MessageSent.class))));
    }

    @Override
    public State initial() {
        return new State(null, false, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case RoomCreated created -> new State(created.visibility(), state.isMember(), state.repliedToExists());
            case MemberJoined joined -> new State(state.visibility(), true, state.repliedToExists());
            case MemberLeft left -> new State(state.visibility(), false, state.repliedToExists());
            case MessageSent repliedTo -> new State(state.visibility(), state.isMember(), true);
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(SendMessage command, State state) {
        if (state.visibility() == null || (state.visibility() == Visibility.PRIVATE && !state.isMember())) {
            throw RoomRejections.roomNotFound();
        }
        if (!state.isMember()) {
            throw RoomRejections.notAMember();
        }
        if (command.replyTo() != null && !state.repliedToExists()) {
            throw new InvalidInput("/replyTo", "must be a message of this room");
        }
        return List.of(new MessageSent(
                command.roomId(),
                command.messageId(),
                command.senderId(),
                command.text(),
                command.text().codePointCount(0, command.text().length()),
                command.replyTo(),
                command.clientMessageId(),
                List.of(),
                List.of()));
    }
}
