package app.veza.server.presence;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

import app.veza.command.History;
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
import java.util.function.LongSupplier;

/**
 * Who may see whether somebody is there: people who share a room, unless one blocks the other. From this node's index of the log; what is
 * remembered of it is used only while everything that this node acknowledged was passed, so that who just joined is seen.
 */
final class Acquaintances {

    private static final int REMEMBERED = 50_000;
    private static final Duration FOR = Duration.ofMinutes(10);

    private final History history;
    private final LongSupplier head;
    private final Cache<UUID, Standing> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();
    private volatile long passed;

    private record Standing(Set<UUID> rooms, Set<UUID> blocked) {}

    /** @param head position of the last event that this node knows to be stored */
    Acquaintances(History history, LongSupplier head) {
        this.history = history;
        this.head = head;
    }

    /** @throws app.veza.eventstore.command.EventLogUnavailableException when the log cannot be read now */
    boolean maySee(UUID viewer, UUID person) {
        if (viewer.equals(person)) {
            return true;
        }
        Standing viewers = of(viewer);
        Standing theirs = of(person);
        return !Collections.disjoint(viewers.rooms(), theirs.rooms())
                && !viewers.blocked().contains(person)
                && !theirs.blocked().contains(viewer);
    }

    /** They came to a room or left one, or block other people than before. */
    void changed(UUID person) {
        known.invalidate(person);
    }

    /** All changes up to here were told. */
    void passed(long position) {
        passed = position;
    }

    /** The log was replaced. */
    void forget() {
        passed = 0;
        known.invalidateAll();
    }

    private Standing of(UUID person) {
        return passed >= head.getAsLong() ? known.get(person, this::read) : read(person);
    }

    private Standing read(UUID person) {
        Set<UUID> rooms = new HashSet<>();
        Set<UUID> blocked = new HashSet<>();
        for (VezaEvent event : history.read(events(
                tag(EventTags.PERSON, person),
                MemberJoined.class,
                MemberLeft.class,
                PersonBlocked.class,
                PersonUnblocked.class))) {
            switch (event) {
                case MemberJoined joined -> rooms.add(joined.roomId());
                case MemberLeft left -> rooms.remove(left.roomId());
                case PersonBlocked block -> blocked.add(block.blockedId());
                case PersonUnblocked block -> blocked.remove(block.blockedId());
                default -> throw new IllegalStateException("Not asked for: " + event.getClass());
            }
        }
        return new Standing(Set.copyOf(rooms), Set.copyOf(blocked));
    }
}
