package app.veza.server.presence;

import app.veza.gateway.Connection;
import app.veza.gateway.EncodedFrame;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is online, to those sockets of this node that watch them. A person is while any node has a socket of theirs: each node keeps in
 * memory who is where, told by {@link NodeChanges} and corrected from Redis.
 */
public final class Presence {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final OnlineHere here = new OnlineHere();
    private final Roster roster = new Roster(new Roster.Changed() {
        @Override
        public void online(UUID person) {
            tell(person, () -> frames.online(person));
        }

        @Override
        public void offline(UUID person, Instant at) {
            tell(person, () -> frames.offline(person, at));
        }
    });
    private final Watches watches = new Watches();
    private final Acquaintances acquaintances;
    private final Function<Set<UUID>, Map<UUID, Instant>> lastSeen;
    private final PresenceFrames frames;
    private final Set<UUID> erased = ConcurrentHashMap.newKeySet();
    private final Set<UUID> unlooked = ConcurrentHashMap.newKeySet();
    private final AtomicLong changes = new AtomicLong();
    private final Object lock = new Object();

    /** @param lastSeen when each of these people was; throws {@link RedisException} while that is not known */
    Presence(Acquaintances acquaintances, Function<Set<UUID>, Map<UUID, Instant>> lastSeen, PresenceFrames frames) {
        this.acquaintances = acquaintances;
        this.lastSeen = lastSeen;
        this.frames = frames;
    }

    /** Called on event loops. */
    public void opened(Connection socket) {
        here.opened(Watches.owner(socket), socket);
    }

    /** Called on event loops. */
    public void closed(Connection socket) {
        here.closed(Watches.owner(socket), socket, Instant.now());
        synchronized (lock) {
            watches.set(socket, Set.of());
        }
    }

    /** This node's sockets of the person. */
    public Set<Connection> socketsOf(UUID person) {
        return here.of(person);
    }

    /** Those of them whom the caller may see. */
    Set<UUID> watch(Connection socket, Collection<UUID> people) {
        UUID viewer = Watches.owner(socket);
        long before = changes.get();
        Set<UUID> visible = visible(viewer, people, acquaintances.now());
        synchronized (lock) {
            watches.set(socket, visible);
            if (!socket.isOpen()) {
                watches.set(socket, Set.of());
            }
        }
        // Whoever lost sight of somebody in between could not be found among those who watch
        return changes.get() == before ? visible : stillVisible(socket, viewer, visible);
    }

    private Set<UUID> stillVisible(Connection socket, UUID viewer, Set<UUID> watched) {
        try {
            Set<UUID> still = visible(viewer, watched, acquaintances.now());
            watched.stream()
                    .filter(person -> !still.contains(person))
                    .forEach(person -> end(new Watches.Watch(socket, viewer, person)));
            return still;
        } catch (RuntimeException unknown) {
            // Whom they may see cannot be told: nobody
            synchronized (lock) {
                watches.set(socket, Set.of());
            }
            throw unknown;
        }
    }

    private static Set<UUID> visible(UUID viewer, Collection<UUID> people, BiPredicate<UUID, UUID> maySee) {
        return people.stream().filter(person -> maySee.test(viewer, person)).collect(Collectors.toUnmodifiableSet());
    }

    /** How these are now, to one who just began to watch them. */
    void tellState(Connection socket, Set<UUID> people) {
        Map<UUID, Instant> seen = lastSeen(people);
        synchronized (lock) {
            for (UUID person : people) {
                if (watches.isWatched(socket, person)) {
                    socket.send(
                            roster.isOnline(person) ? frames.online(person) : frames.offline(person, seen.get(person)));
                }
            }
        }
    }

    private Map<UUID, Instant> lastSeen(Set<UUID> people) {
        try {
            return lastSeen.apply(people);
        } catch (RedisException away) {
            log.warn("When people were last seen is not told while Redis is away: {}", away.getMessage());
            return Map.of();
        }
    }

    private void tell(UUID person, Supplier<byte[]> frame) {
        Set<Connection> watchers = watches.watchersOf(person);
        if (watchers.isEmpty()) {
            return;
        }
        EncodedFrame encoded = EncodedFrame.text(frame.get());
        watchers.forEach(socket -> socket.send(encoded));
        encoded.release();
    }

    /** Whom this person may see, and who may see them, is other than it was. */
    void acquaintancesChange(UUID person) {
        acquaintances.changed(person);
        changes.incrementAndGet();
    }

    /** They may be fewer: what they watch, and who watches them, is to be looked through. */
    void acquaintancesShrink(UUID person) {
        acquaintancesChange(person);
        unlooked.add(person);
    }

    void passed(long position) {
        acquaintances.passed(position);
    }

    /** What follows the position is told from now on; of another log than before, the sockets are closed. */
    public void startAt(long position) {
        acquaintances.startAt(position);
    }

    /** Ends the watches that are none any more. What the log cannot tell now is left for the next time. */
    void lookThrough() {
        for (UUID person : List.copyOf(unlooked)) {
            // First: what changes meanwhile is looked through once more
            unlooked.remove(person);
            try {
                lookThrough(person);
            } catch (RuntimeException failure) {
                unlooked.add(person);
                log.warn("Who may still see whom cannot be read now, trying again: {}", failure.toString());
                // For the others it would be waited as long, on a thread that also says that this node lives
                return;
            }
        }
    }

    private void lookThrough(UUID person) {
        Set<Watches.Watch> concerned;
        synchronized (lock) {
            concerned = watches.concerning(person);
        }
        BiPredicate<UUID, UUID> maySee = acquaintances.asTold();
        concerned.stream()
                .filter(watch -> !maySee.test(watch.viewer(), watch.person()))
                .forEach(this::end);
    }

    /** Who may be seen no more looks, to the one who watched, like who is not there. */
    private void end(Watches.Watch watch) {
        synchronized (lock) {
            if (watches.end(watch.socket(), watch.person())) {
                watch.socket().send(frames.offline(watch.person(), null));
            }
        }
    }

    /** From now on nothing is stored of them. */
    void erased(UUID person) {
        erased.add(person);
    }

    /** When they were last seen is of those alone who are still somebody. */
    Map<UUID, Instant> withoutErased(Map<UUID, Instant> seen) {
        Map<UUID, Instant> kept = new HashMap<>(seen);
        kept.keySet().removeAll(erased);
        return kept;
    }

    /**
     * What became of people at this node since it was asked last. Told nobody yet: see {@link #heard}.
     *
     * @param later than now it is already, for those who left a moment ago
     */
    OnlineHere.Changes changesHere(Duration later) {
        return here.untold(Instant.now().plus(later));
    }

    Set<UUID> here() {
        return here.told();
    }

    void heard(NodeChanges changes) {
        synchronized (lock) {
            changes.on().forEach(person -> roster.came(changes.node(), person));
            changes.off().forEach((person, at) -> roster.went(changes.node(), person, at));
        }
    }

    /** These and nobody else are there. */
    void are(String node, Set<UUID> people) {
        synchronized (lock) {
            roster.are(node, people, Instant.now());
        }
    }

    /** The node is no more since then. */
    void lost(String node, Instant at) {
        synchronized (lock) {
            roster.lost(node, at);
        }
    }

    int online() {
        synchronized (lock) {
            return roster.online();
        }
    }
}
