package app.veza.command.chat;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PAIR;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Further;
import app.veza.command.Pair;
import app.veza.command.Rejection;
import app.veza.event.VezaEvent;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonUnblocked;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A room as decisions see it: whether it is there and for whom, and how those people stand in it whom the decision is about. Use
 * cases share it because each of them begins with these questions.
 *
 * @param kind null while there is no room
 * @param pairId of a direct room's two people
 * @param people those of the boundary who were ever mentioned
 * @param blockers of two people those who blocked the other; known when {@link #blocks} or {@link #blocksBetween} was read
 */
public record Room(
        @Nullable Kind kind, boolean isClosed, @Nullable UUID pairId, Map<UUID, Standing> people, Set<UUID> blockers) {

    /** Before anything was read. */
    public static final Room UNKNOWN = new Room(null, false, null, Map.of(), Set.of());

    /** Who may enter. */
    public enum Kind {
        PUBLIC,
        PRIVATE,
        DIRECT
    }

    /**
     * How a person stands in a room.
     *
     * @param role null for who is no member
     * @param mutedUntil null for who may speak, {@link Instant#MAX} when it does not end by itself
     * @param moderatesPlatform whether the platform made them a moderator; known when {@link #moderation} was read
     */
    public record Standing(
            @Nullable MemberRole role,
            boolean isBanned,
            @Nullable Instant mutedUntil,
            boolean moderatesPlatform) {

        static final Standing OUTSIDE = new Standing(null, false, null, false);

        Standing in(@Nullable MemberRole newRole) {
            return new Standing(newRole, isBanned, mutedUntil, moderatesPlatform);
        }

        Standing banned(boolean banned) {
            return new Standing(role, banned, mutedUntil, moderatesPlatform);
        }

        Standing muted(@Nullable Instant until) {
            return new Standing(role, isBanned, until, moderatesPlatform);
        }

        Standing moderatingPlatform(boolean moderates) {
            return new Standing(role, isBanned, mutedUntil, moderates);
        }
    }

    /** What {@link #evolve} needs of a room and these people. Others who come, go and speak do not touch it. */
    public static Stream<EventCriteria> boundary(UUID roomId, UUID... people) {
        return Stream.concat(
                Stream.of(events(tag(ROOM, roomId), RoomCreated.class, DirectRoomOpened.class, RoomClosed.class)),
                Stream.of(people).distinct().map(person -> standingOf(roomId, person)));
    }

    private static EventCriteria standingOf(UUID roomId, UUID person) {
        return events(
                tags(ROOM, roomId, PERSON, person),
                MemberJoined.class,
                MemberLeft.class,
                MemberRoleChanged.class,
                MemberMuted.class,
                MemberUnmuted.class,
                MemberBanned.class,
                MemberUnbanned.class);
    }

    /** The same for what moderators do, which those of the platform may, too: in public rooms they have a say like an owner's. */
    public static Stream<EventCriteria> moderation(UUID roomId, UUID by, UUID... others) {
        return Stream.of(
                        boundary(roomId, by),
                        Stream.of(others).filter(other -> !other.equals(by)).map(other -> standingOf(roomId, other)),
                        Stream.of(events(tag(PERSON, by), RolesChanged.class)))
                .flatMap(criteria -> criteria);
    }

    /** Who blocked whom, where that matters: between the two of a direct room. */
    public Optional<Further> blocks() {
        return Optional.ofNullable(pairId).map(pair -> Further.all(blocksOf(pair)));
    }

    /** Which of two people blocked the other, for what one does to the other in whatever room. */
    public static EventCriteria blocksBetween(UUID one, UUID other) {
        return blocksOf(Pair.of(one, other));
    }

    private static EventCriteria blocksOf(UUID pair) {
        return events(tag(PAIR, pair), PersonBlocked.class, PersonUnblocked.class);
    }

    public Room evolve(VezaEvent event) {
        return switch (event) {
            case RoomCreated created ->
                of(created.visibility() == Visibility.PUBLIC ? Kind.PUBLIC : Kind.PRIVATE, isClosed, null);
            case DirectRoomOpened opened -> of(Kind.DIRECT, isClosed, opened.pairId());
            case RoomClosed closed -> of(kind, true, pairId);
            case MemberJoined joined ->
                with(joined.personId(), standing(joined.personId()).in(joined.role()));
            case MemberLeft left ->
                with(left.personId(), standing(left.personId()).in(null));
            case MemberRoleChanged changed ->
                with(changed.personId(), standing(changed.personId()).in(changed.role()));
            case MemberMuted muted ->
                with(
                        muted.personId(),
                        standing(muted.personId()).muted(muted.until() == null ? Instant.MAX : muted.until()));
            case MemberUnmuted unmuted ->
                with(unmuted.personId(), standing(unmuted.personId()).muted(null));
            case MemberBanned banned ->
                with(banned.personId(), standing(banned.personId()).banned(true));
            case MemberUnbanned unbanned ->
                with(unbanned.personId(), standing(unbanned.personId()).banned(false));
            case RolesChanged changed ->
                with(
                        changed.personId(),
                        standing(changed.personId())
                                .moderatingPlatform(changed.roles().contains(Role.MODERATOR)));
            case PersonBlocked blocked -> blockedBy(blocked.personId(), true);
            case PersonUnblocked unblocked -> blockedBy(unblocked.personId(), false);
            default -> this;
        };
    }

    private Room of(@Nullable Kind newKind, boolean closed, @Nullable UUID pair) {
        return new Room(newKind, closed, pair, people, blockers);
    }

    private Room with(UUID person, Standing standing) {
        var changed = new HashMap<>(people);
        changed.put(person, standing);
        return new Room(kind, isClosed, pairId, Map.copyOf(changed), blockers);
    }

    private Room blockedBy(UUID person, boolean blocks) {
        var changed = new HashSet<>(blockers);
        if (blocks) {
            changed.add(person);
        } else {
            changed.remove(person);
        }
        return new Room(kind, isClosed, pairId, people, Set.copyOf(changed));
    }

    public Standing standing(UUID person) {
        return people.getOrDefault(person, Standing.OUTSIDE);
    }

    /** Null for who is no member. */
    public @Nullable MemberRole roleOf(UUID person) {
        return standing(person).role();
    }

    private @Nullable MemberRole authorityOf(UUID person) {
        return kind == Kind.PUBLIC && standing(person).moderatesPlatform() ? MemberRole.OWNER : roleOf(person);
    }

    /** @throws Rejection when the room is not there, or private and the person not in it, which must look the same */
    public void requireKnownTo(UUID person) {
        if (kind == null || (kind != Kind.PUBLIC && roleOf(person) == null)) {
            throw RoomRejections.roomNotFound();
        }
    }

    /** @throws Rejection also when the person is in the room and it is closed */
    public MemberRole requireMemberOfOpen(UUID person) {
        MemberRole role = requireMember(person);
        if (isClosed) {
            throw RoomRejections.closed();
        }
        return role;
    }

    /** @return the member's role; after {@link #moderation} an owner's for a moderator of the platform in a public room, a member or not */
    public MemberRole requireMember(UUID person) {
        requireKnownTo(person);
        MemberRole role = authorityOf(person);
        if (role == null) {
            throw RoomRejections.notAMember();
        }
        return role;
    }

    /** @param detail what only they may do */
    public MemberRole requireModerator(UUID person, String detail) {
        MemberRole role = requireMemberOfOpen(person);
        requireNotDirect("In a direct room nobody has a say over the other.");
        if (role == MemberRole.MEMBER) {
            throw Rejection.forbidden(detail);
        }
        return role;
    }

    /**
     * The same, over another: who looks after the platform may be a plain member, and would lift their own mute.
     *
     * @throws Rejection also when it is the same person
     */
    public MemberRole requireModerator(UUID person, UUID other, String detail) {
        MemberRole role = requireModerator(person, detail);
        if (person.equals(other)) {
            throw Rejection.forbidden("Nobody has a say over themselves.");
        }
        return role;
    }

    public void requireNotDirect(String detail) {
        if (kind == Kind.DIRECT) {
            throw RoomRejections.direct(detail);
        }
    }

    /** Where nobody is muted or blocked members may say something. {@link #blocks} must have been read. */
    public MemberRole requireVoice(UUID person, Instant now) {
        MemberRole role = requireMemberOfOpen(person);
        Instant mutedUntil = standing(person).mutedUntil();
        if (mutedUntil != null && now.isBefore(mutedUntil)) {
            throw new Rejection(
                    Rejection.Kind.FORBIDDEN,
                    "muted",
                    "Muted",
                    mutedUntil.equals(Instant.MAX)
                            ? "You are muted in this room."
                            : "You are muted in this room until " + mutedUntil + ".");
        }
        requireNoBlock();
        return role;
    }

    /** @throws Rejection when one of the two whose blocks were read blocked the other, whoever it was */
    public void requireNoBlock() {
        if (!blockers.isEmpty()) {
            throw RoomRejections.blocked();
        }
    }

    /** @throws Rejection unless one outranks the other: nobody has a say over their own kind */
    public void requireHigher(MemberRole role, UUID other, String detail) {
        MemberRole theirs = roleOf(other);
        if (theirs != null && theirs.compareTo(role) >= 0) {
            throw Rejection.forbidden(detail);
        }
    }
}
