package app.veza.server.presence;

import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonUnblocked;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * This node among those that have people: four times a second it tells of who came and left, and every few seconds that it lives. Redis
 * has the truth, signals are how others learn of it at once: one that was missed shows in the versions and is made up for from Redis.
 */
public final class PresenceNode {

    private static final Logger log = LoggerFactory.getLogger(PresenceNode.class);

    private static final String KIND = "presence";
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration BEAT = Duration.ofSeconds(3);

    /** A node that has not said for so long that it lives does not. */
    private static final Duration DEAD = Duration.ofSeconds(12);

    private final String nodeId;
    private final Presence presence;
    private final PresenceStore store;
    private final Signals signals;
    private final JsonMapper json;

    /** Also of a node that was killed and started again: two starts are two nodes. */
    private volatile String id;

    private volatile ScheduledExecutorService thread;

    /** Of other nodes what was heard last; only the thread's. */
    private final Map<String, Other> others = new HashMap<>();

    /** People whose last visit Redis may still know. */
    private final Set<UUID> unforgotten = ConcurrentHashMap.newKeySet();

    private long version;
    private boolean stored;

    /** @param isBehind at the last heartbeat Redis had a later version, which may be on its way */
    private record Other(long version, Instant lastBeat, boolean isBehind) {}

    PresenceNode(String nodeId, Presence presence, PresenceStore store, Signals signals, JsonMapper json) {
        this.nodeId = nodeId;
        this.id = newId();
        this.thread = newThread();
        this.presence = presence;
        this.store = store;
        this.signals = signals;
        this.json = json;
    }

    private String newId() {
        return nodeId + "." + UUID.randomUUID();
    }

    private static ScheduledExecutorService newThread() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("presence").daemon().factory());
    }

    public Presence presence() {
        return presence;
    }

    /** Also after a stop. */
    public void start() {
        if (thread.isShutdown()) {
            id = newId();
            version = 0;
            stored = false;
            others.clear();
            thread = newThread();
        }
        signals.hear(KIND, (about, signal, at) -> soon(() -> heard(json.readValue(signal, NodeChanges.class))));
        thread.scheduleWithFixedDelay(() -> guarded(this::beat), 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(
                () -> guarded(() -> tell(Duration.ZERO)), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(
                () -> guarded(presence::lookThrough), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once its sockets are closed: nobody is here any more. */
    public void stop() {
        thread.execute(() -> guarded(() -> {
            tell(OnlineHere.GRACE.plusSeconds(1));
            store.bury(id, Instant.now(), presence::withoutErased);
            send(new NodeChanges(id, ++version, Set.of(), Map.of(), true));
        }));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("That nobody is at this node any more is left for the others to find out");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of every event, one after the other, with what it says where that decides who may see whom. Returns at once. */
    public void happened(long position, @Nullable Object event) {
        switch (event) {
            case MemberJoined joined -> presence.acquaintancesChange(joined.personId());
            case MemberLeft left -> fewer(left.personId());
            case PersonBlocked blocked -> fewer(blocked.personId());
            case PersonUnblocked unblocked -> presence.acquaintancesChange(unblocked.personId());
            case null, default -> {}
        }
        presence.passed(position);
    }

    private void fewer(UUID person) {
        presence.acquaintancesShrink(person);
        soon(presence::lookThrough);
    }

    /** Returns at once; what is stored of them is gone by the next heartbeat that reaches Redis. */
    void erased(UUID person) {
        presence.erased(person);
        unforgotten.add(person);
    }

    /** What others still tell of while this node stops is of no use to it. */
    private void soon(Runnable work) {
        try {
            thread.execute(() -> guarded(work));
        } catch (RejectedExecutionException stopped) {
            log.debug("Presence was stopped before it was brought up to date");
        }
    }

    /** Nothing may end the periodic tasks. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RedisException away) {
            log.warn("Presence cannot be told to other nodes while Redis is away: {}", away.getMessage());
        } catch (RuntimeException failure) {
            log.error("Presence could not be brought up to date; trying again", failure);
        }
    }

    private void tell(Duration later) {
        OnlineHere.Changes changes = presence.changesHere(later);
        if (changes.isEmpty()) {
            return;
        }
        List<NodeChanges> told = NodeChanges.of(id, version + 1, changes);
        version += told.size();
        // First, so that who is told that somebody left and asks since when finds it there
        store(changes);
        told.forEach(presence::heard);
        told.forEach(this::send);
    }

    private void store(OnlineHere.Changes changes) {
        try {
            store.came(id, changes.on());
            store.went(id, changes.off().keySet(), presence.withoutErased(changes.off()));
            store.version(id, version);
        } catch (RedisException away) {
            stored = false;
            log.warn("Who is here is stored when Redis is back: {}", away.getMessage());
        }
    }

    private void send(NodeChanges changes) {
        signals.send(KIND, "changes", json.writeValueAsBytes(changes));
    }

    private void beat() {
        PresenceStore.Beat beat = store.beat(id);
        if (!beat.wasKnown() || !stored) {
            store.are(id, presence.here());
            store.version(id, version);
            stored = true;
        }
        for (UUID person : unforgotten) {
            store.forget(person);
            unforgotten.remove(person);
        }
        beat.nodes().forEach((node, found) -> {
            if (!node.equals(id)) {
                look(node, found, beat.now());
            }
        });
        List.copyOf(others.keySet()).stream()
                .filter(node -> !beat.nodes().containsKey(node))
                .forEach(node -> presence.lost(node, others.remove(node).lastBeat()));
    }

    private void look(String node, PresenceStore.Found found, Instant now) {
        Other known = others.get(node);
        if (found.lastBeat().isBefore(now.minus(DEAD))) {
            log.info("Node {} was last heard of at {}: its people are gone", node, found.lastBeat());
            others.remove(node);
            presence.lost(node, found.lastBeat());
            store.bury(node, found.lastBeat(), presence::withoutErased);
        } else if (known == null || (found.version() > known.version() && known.isBehind())) {
            read(node, found.version(), found.lastBeat());
        } else {
            others.put(node, new Other(known.version(), found.lastBeat(), found.version() > known.version()));
        }
    }

    /** Who is there is at least as new as the version, which was read before. */
    private void read(String node, long itsVersion, Instant lastBeat) {
        presence.are(node, store.at(node));
        others.put(node, new Other(itsVersion, lastBeat, false));
    }

    private void heard(NodeChanges changes) {
        String node = changes.node();
        if (node.equals(id)) {
            return;
        }
        // Whoever came here from there a moment ago was never away
        tell(Duration.ZERO);
        if (changes.left()) {
            others.remove(node);
            presence.lost(node, Instant.now());
            return;
        }
        Other known = others.get(node);
        if (known == null || changes.version() > known.version() + 1) {
            read(node, changes.version(), known == null ? Instant.now() : known.lastBeat());
        } else if (changes.version() > known.version()) {
            presence.heard(changes);
            others.put(node, new Other(changes.version(), known.lastBeat(), false));
        }
    }
}
