package app.veza.command.chat.joinroom;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.command.chat.RoomRejections;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonRegistered;
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

/**
 * Everybody may join a public room. Its owners and moderators may invite, and nobody enters a private room otherwise. Only an
 * owner may invite as more than a plain member.
 */
@Component
final class JoinRoomHandler implements Decider<JoinRoom, JoinRoomHandler.State> {

    /**
     * @param visibility null while there is no room
     * @param roles of the person and of who invites, as far as they are members
     * @param registered which of the two have an account, of those that were asked for
     */
    record State(@Nullable Visibility visibility, Map<UUID, MemberRole> roles, Set<UUID> registered) {

        @Nullable
        MemberRole roleOf(UUID personId) {
            return roles.get(personId);
        }
    }

    @Override
    public Class<JoinRoom> command() {
        return JoinRoom.class;
    }

    @Override
    public Optional<EventCriteria> boundary(JoinRoom command) {
        Stream<EventCriteria> always = Stream.of(
                events(tag(ROOM, command.roomId()), RoomCreated.class), membershipOf(command, command.personId()));
        Stream<EventCriteria> invitation = Stream.of(
                membershipOf(command, command.by()), events(tag(PERSON, command.personId()), PersonRegistered.class));
        return Boundary.anyOf(command.isInvitation() ? Stream.concat(always, invitation) : always);
    }

    private static EventCriteria membershipOf(JoinRoom command, UUID personId) {
        return events(tags(ROOM, command.roomId(), PERSON, personId), MemberJoined.class, MemberLeft.class);
    }

    @Override
    public State initial() {
        return new State(null, Map.of(), Set.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case RoomCreated created -> new State(created.visibility(), state.roles(), state.registered());
            case MemberJoined joined -> {
                var roles = new HashMap<>(state.roles());
                roles.put(joined.personId(), joined.role());
                yield new State(state.visibility(), roles, state.registered());
            }
            case MemberLeft left -> {
                var roles = new HashMap<>(state.roles());
                roles.remove(left.personId());
                yield new State(state.visibility(), roles, state.registered());
            }
            case PersonRegistered person
            when !Erased.is(person.usernameKey()) -> {
                var registered = new HashSet<>(state.registered());
                registered.add(person.personId());
                yield new State(state.visibility(), state.roles(), registered);
            }
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(JoinRoom command, State state) {
        checkAllowed(command, state);
        MemberRole current = state.roleOf(command.personId());
        if (current != null) {
            if (command.role() == null || command.role() == current) {
                return List.of();
            }
            throw new Rejection(
                    Kind.CONFLICT,
                    "already-a-member",
                    "Already a member",
                    "They are a member already, in another role.");
        }
        return List.of(new MemberJoined(command.roomId(), command.personId(), roleFor(command), command.by()));
    }

    private static void checkAllowed(JoinRoom command, State state) {
        MemberRole callers = state.roleOf(command.by());
        if (state.visibility() == null || (state.visibility() == Visibility.PRIVATE && callers == null)) {
            throw RoomRejections.roomNotFound();
        }
        if (!command.isInvitation()) {
            if (roleFor(command) != MemberRole.MEMBER && callers != command.role()) {
                throw Rejection.forbidden("One joins as a plain member.");
            }
            return;
        }
        if (callers == null) {
            throw RoomRejections.notAMember();
        }
        if (callers == MemberRole.MEMBER) {
            throw Rejection.forbidden("Only owners and moderators of the room may invite.");
        }
        if (roleFor(command) != MemberRole.MEMBER && callers != MemberRole.OWNER) {
            throw Rejection.forbidden("Only owners of the room may invite as moderator or owner.");
        }
        if (!state.registered().contains(command.personId())) {
            throw Rejection.notFound("There is no such person.");
        }
    }

    private static MemberRole roleFor(JoinRoom command) {
        return command.role() == null ? MemberRole.MEMBER : command.role();
    }
}
