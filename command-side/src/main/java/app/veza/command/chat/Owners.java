package app.veza.command.chat;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** A room's owners: it has one at least for as long as it is open. */
public record Owners(Set<UUID> ids) {

    /** Before anything was read. */
    public static final Owners UNKNOWN = new Owners(Set.of());

    /** All memberships of the room: asked for only when one who is an owner would be none any more. */
    public static Further boundary(UUID roomId) {
        return Further.all(events(tag(ROOM, roomId), MemberJoined.class, MemberLeft.class, MemberRoleChanged.class));
    }

    public Owners evolve(VezaEvent event) {
        return switch (event) {
            case MemberJoined joined -> with(joined.personId(), joined.role());
            case MemberRoleChanged changed -> with(changed.personId(), changed.role());
            case MemberLeft left -> with(left.personId(), MemberRole.MEMBER);
            default -> this;
        };
    }

    private Owners with(UUID person, MemberRole role) {
        var changed = new HashSet<>(ids);
        if (role == MemberRole.OWNER) {
            changed.add(person);
        } else {
            changed.remove(person);
        }
        return new Owners(Set.copyOf(changed));
    }

    /** @throws Rejection when the room would be nobody's without this one */
    public void requireOtherThan(UUID person) {
        if (ids.stream().allMatch(person::equals)) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "last-owner",
                    "Last owner",
                    "They are the room's last owner: make somebody else an owner first, or close the room.");
        }
    }
}
