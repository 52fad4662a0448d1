package app.veza.server.presence;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

import app.veza.command.History;
import app.veza.command.Pair;
import app.veza.event.EventTags;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonUnblocked;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Who may see whether somebody is there: people who share a room, unless one blocks the other. From this node's index of the log. */
final class Acquaintances {

    private static final int REMEMBERED = 50_000;
    private static final Duration FOR = Duration.ofMinutes(10);

    private final History history;
    private final Cache<UUID, Set<UUID>> rooms =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    Acquaintances(History history) {
        this.history = history;
    }

    /** @throws app.veza.eventstore.command.EventLogUnavailableException when the log cannot be read now */
    boolean maySee(UUID viewer, UUID person) {
        return viewer.equals(person)
                || (!Collections.disjoint(roomsOf(viewer), roomsOf(person)) && !isBlocked(viewer, person));
    }

    /** They came to a room or left one: the next look sees it. */
    void changed(UUID person) {
        rooms.invalidate(person);
    }

    private Set<UUID> roomsOf(UUID person) {
        return rooms.get(person, this::read);
    }

    private Set<UUID> read(UUID person) {
        Set<UUID> in = new HashSet<>();
        for (VezaEvent event :
                history.read(events(tag(EventTags.PERSON, person), MemberJoined.class, MemberLeft.class))) {
            switch (event) {
                case MemberJoined joined -> in.add(joined.roomId());
                case MemberLeft left -> in.remove(left.roomId());
                default -> throw new IllegalStateException("Asked for memberships, got " + event.getClass());
            }
        }
        return Set.copyOf(in);
    }

    private boolean isBlocked(UUID one, UUID other) {
        Set<UUID> blockers = new HashSet<>();
        for (VezaEvent event : history.read(
                events(tag(EventTags.PAIR, Pair.of(one, other)), PersonBlocked.class, PersonUnblocked.class))) {
            switch (event) {
                case PersonBlocked blocked -> blockers.add(blocked.personId());
                case PersonUnblocked unblocked -> blockers.remove(unblocked.personId());
                default -> throw new IllegalStateException("Asked for blocks, got " + event.getClass());
            }
        }
        return !blockers.isEmpty();
    }
}
