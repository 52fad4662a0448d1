package app.veza.server.presence;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * Who may see whether somebody is there: people who share a room, unless one blocks the other. From this node's index of the log, and
 * remembered until the log tells that it is otherwise.
 */
final class Acquaintances {

    private static final int REMEMBERED = 50_000;
    private static final Duration FOR = Duration.ofMinutes(10);

    /** Whoever follows the log is behind its head by milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(2);

    private final Function<EventCriteria, List<VezaEvent>> history;
    private final LongSupplier head;
    private final Cache<UUID, Standing> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();
    private volatile long passed;

    private record Standing(Set<UUID> rooms, Set<UUID> blocked) {}

    /**
     * @param history what the log has, at least up to the head
     * @param head position of the last event that this node knows to be stored
     */
    Acquaintances(Function<EventCriteria, List<VezaEvent>> history, LongSupplier head) {
        this.history = history;
        this.head = head;
    }

    /**
     * Who may see whom (the viewer first) by all that was told until now. Fails with {@link
     * app.veza.eventstore.command.EventLogUnavailableException} when the log cannot be read.
     */
    BiPredicate<UUID, UUID> asTold() {
        return (viewer, person) -> maySee(viewer, person, id -> known.get(id, this::read));
    }

    /**
     * By all that this node acknowledged until now, so that who just joined is seen. Waits until it was told; what takes too long is read
     * from the log instead.
     */
    BiPredicate<UUID, UUID> now() {
        long acknowledged = head.getAsLong();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (passed < acknowledged) {
            if (System.nanoTime() > end) {
                Map<UUID, Standing> read = new HashMap<>();
                return (viewer, person) -> maySee(viewer, person, id -> read.computeIfAbsent(id, this::read));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return asTold();
    }

    private static boolean maySee(UUID viewer, UUID person, Function<UUID, Standing> standings) {
        if (viewer.equals(person)) {
            return true;
        }
        Standing viewers = standings.apply(viewer);
        Standing theirs = standings.apply(person);
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

    /** What follows the position is told from now on; before it may have been another log. */
    void startAt(long position) {
        known.invalidateAll();
        passed = position;
    }

    private Standing read(UUID person) {
        Set<UUID> rooms = new HashSet<>();
        Set<UUID> blocked = new HashSet<>();
        for (VezaEvent event : history.apply(events(
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
