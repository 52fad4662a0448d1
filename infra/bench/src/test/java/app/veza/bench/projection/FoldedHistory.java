package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What stands in rooms after each event, by the rules of the platform; it fails on the first event that they would not have let happen. */
final class FoldedHistory {

    private record Message(UUID room, UUID sender, long position) {}

    private record Reaction(UUID message, UUID person, String emoji) {}

    private static final class Room {
        final boolean open;
        final Map<UUID, MemberRole> members = new HashMap<>();
        final Map<UUID, Instant> muted = new HashMap<>();
        final Set<UUID> banned = new HashSet<>();
        final Map<UUID, Long> read = new HashMap<>();
        boolean closed;

        Room(boolean open) {
            this.open = open;
        }
    }

    private final FoldedPeople people = new FoldedPeople();
    private final FoldedStreams streams = new FoldedStreams(people);
    private final Map<UUID, Room> rooms = new HashMap<>();
    private final Map<UUID, Message> messages = new HashMap<>();
    private final Set<UUID> deleted = new HashSet<>();
    private final Set<Reaction> reactions = new HashSet<>();
    private Instant now = Instant.MIN;
    private long position;

    void happens(Happening happening) {
        assertThat(happening.position()).isEqualTo(position + 1);
        assertThat(happening.at()).isAfterOrEqualTo(now);
        now = happening.at();
        for (VezaEvent event : happening.events()) {
            position++;
            apply(event);
        }
    }

    private void apply(VezaEvent event) {
        switch (event) {
            case RoomCreated created -> {
                people.isThere(created.creatorId());
                assertThat(rooms.put(created.roomId(), new Room(created.visibility() == Visibility.PUBLIC)))
                        .isNull();
            }
            case RoomClosed closed -> {
                assertThat(open(closed.roomId()).members).containsOnlyKeys(closed.closedBy());
                people.isErased(closed.closedBy());
                rooms.get(closed.roomId()).closed = true;
            }
            case MemberJoined joined -> joined(joined);
            case MemberLeft left -> left(left);
            case MemberRoleChanged changed -> {
                people.isErased(changed.changedBy());
                owns(changed.roomId(), changed.changedBy());
                assertThat(open(changed.roomId()).members.replace(changed.personId(), changed.role()))
                        .isNotNull();
            }
            case MemberMuted muted -> {
                moderates(muted.roomId(), muted.mutedBy(), muted.personId());
                open(muted.roomId()).muted.put(muted.personId(), muted.until() == null ? Instant.MAX : muted.until());
            }
            case MemberUnmuted muted -> {
                owns(muted.roomId(), muted.unmutedBy());
                assertThat(open(muted.roomId()).muted.remove(muted.personId())).isNotNull();
            }
            case MemberBanned banned -> {
                moderates(banned.roomId(), banned.bannedBy(), banned.personId());
                assertThat(open(banned.roomId()).banned.add(banned.personId())).isTrue();
            }
            case MemberUnbanned banned -> {
                owns(banned.roomId(), banned.unbannedBy());
                assertThat(open(banned.roomId()).banned.remove(banned.personId()))
                        .isTrue();
            }
            case MessageSent sent -> sent(sent);
            case MessageEdited edited -> {
                talks(edited.roomId(), edited.authorId());
                assertThat(standing(edited.messageId(), edited.roomId()).sender())
                        .isEqualTo(edited.authorId());
            }
            case MessageDeleted gone -> {
                people.isThere(gone.deletedBy());
                assertThat(open(gone.roomId()).members).containsKey(gone.deletedBy());
                assertThat(standing(gone.messageId(), gone.roomId()).sender()).isEqualTo(gone.authorId());
                if (!gone.deletedBy().equals(gone.authorId())) {
                    owns(gone.roomId(), gone.deletedBy());
                }
                deleted.add(gone.messageId());
            }
            case MessageRead read -> read(read);
            case ReactionAdded reaction -> {
                talks(reaction.roomId(), reaction.personId());
                standing(reaction.messageId(), reaction.roomId());
                assertThat(reactions.add(new Reaction(reaction.messageId(), reaction.personId(), reaction.emoji())))
                        .isTrue();
            }
            case ReactionRemoved reaction -> {
                assertThat(open(reaction.roomId()).members).containsKey(reaction.personId());
                assertThat(reactions.remove(new Reaction(reaction.messageId(), reaction.personId(), reaction.emoji())))
                        .isTrue();
            }
            default ->
                assertThat(people.apply(event) || streams.apply(event))
                        .as("somebody checks %s", event)
                        .isTrue();
        }
    }

    private void joined(MemberJoined joined) {
        Room room = open(joined.roomId());
        people.isThere(joined.personId());
        assertThat(room.banned).doesNotContain(joined.personId());
        assertThat(room.members.put(joined.personId(), joined.role())).isNull();
        room.read.put(joined.personId(), position);
        if (!room.open || !joined.addedBy().equals(joined.personId())) {
            owns(joined.roomId(), joined.addedBy());
        }
    }

    private void left(MemberLeft left) {
        Room room = rooms.get(left.roomId());
        assertThat(room.members.remove(left.personId())).isNotNull();
        room.read.remove(left.personId());
        assertThat(room.closed || room.members.containsValue(MemberRole.OWNER))
                .as("somebody owns it")
                .isTrue();
        if (!left.removedBy().equals(left.personId())) {
            assertThat(room.banned).contains(left.personId());
        }
    }

    private void sent(MessageSent sent) {
        talks(sent.roomId(), sent.senderId());
        Room room = open(sent.roomId());
        if (sent.replyTo() != null) {
            assertThat(messages.get(sent.replyTo()).room()).isEqualTo(sent.roomId());
        }
        assertThat(room.members.keySet()).containsAll(sent.mentions());
        assertThat(sent.mentions()).doesNotContain(sent.senderId());
        assertThat(messages.put(sent.messageId(), new Message(sent.roomId(), sent.senderId(), position)))
                .isNull();
        room.read.put(sent.senderId(), position);
    }

    private void read(MessageRead read) {
        people.isThere(read.personId());
        Message message = messages.get(read.messageId());
        assertThat(message.room()).isEqualTo(read.roomId());
        assertThat(message.position()).isEqualTo(read.messagePosition());
        assertThat(open(read.roomId()).read.put(read.personId(), read.messagePosition()))
                .as("of a member, and forward")
                .isLessThan(read.messagePosition());
    }

    private Room open(UUID room) {
        assertThat(rooms.get(room).closed).isFalse();
        return rooms.get(room);
    }

    private void talks(UUID room, UUID person) {
        people.isThere(person);
        assertThat(open(room).members).containsKey(person);
        assertThat(open(room).muted.getOrDefault(person, Instant.MIN)).isBeforeOrEqualTo(now);
    }

    private void owns(UUID room, UUID person) {
        assertThat(open(room).members).containsEntry(person, MemberRole.OWNER);
    }

    private void moderates(UUID room, UUID by, UUID person) {
        people.isThere(by);
        owns(room, by);
        assertThat(open(room).members).containsEntry(person, MemberRole.MEMBER);
    }

    private Message standing(UUID message, UUID room) {
        assertThat(deleted).doesNotContain(message);
        assertThat(messages.get(message).room()).isEqualTo(room);
        return messages.get(message);
    }

    /** Where the platform still has somebody who was erased; none when it has had time to follow. */
    List<UUID> leftovers() {
        Set<UUID> present = new HashSet<>(streams.present());
        rooms.values().forEach(room -> present.addAll(room.members.keySet()));
        return present.stream().filter(person -> !people.areThere(person)).toList();
    }
}
