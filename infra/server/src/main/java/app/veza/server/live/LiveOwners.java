package app.veza.server.live;

import app.veza.audio.live.LiveAudio;
import app.veza.command.Overloaded;
import app.veza.server.streaming.OnAir;
import app.veza.stores.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node has the live edge of which stream, in Redis, said again every second and forgotten when it is not: so that any node
 * serves any stream, and one that goes on with a stream waits until the former has let go.
 */
final class LiveOwners implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveOwners.class);
    private static final Duration LIFE = Duration.ofSeconds(4);
    private static final Duration REMEMBERED = Duration.ofMillis(500);
    /** Longer than a dead node is believed, and than a busy one takes to store what is on its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Redis redis;
    private final String prefix;
    private final LiveAudio audio;
    private final OnAir onAir;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-owners").daemon().factory());
    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
    private volatile Optional<URI> self = Optional.empty();

    private record Known(Optional<URI> owner, long until) {}

    LiveOwners(Redis redis, String keyPrefix, LiveAudio audio, OnAir onAir) {
        this.redis = redis;
        this.prefix = keyPrefix + "live-owner:";
        this.audio = audio;
        this.onAir = onAir;
        clock.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    /** From here on other nodes are told where this one is. */
    void reachableAt(URI url) {
        self = Optional.of(url);
    }

    /** The node that has the stream's live edge, unless it is this one. */
    Optional<URI> elsewhere(String streamId) {
        long now = System.nanoTime();
        Known last = known.get(streamId);
        if (last == null || last.until() - now < 0) {
            last = new Known(look(streamId), now + REMEMBERED.toNanos());
            known.put(streamId, last);
        }
        return last.owner();
    }

    /** At once, so that nobody asks in the wrong place for a second. */
    void claim(String streamId) {
        self.ifPresent(url -> quietly(
                () -> redis.connection().sync().set(prefix + streamId, url.toString(), SetArgs.Builder.px(LIFE))));
    }

    /** What this node has not stored yet is stored, then another goes on with the stream. */
    void handOver(String streamId) {
        audio.handOver(streamId).thenRun(() -> release(streamId));
    }

    /** Only what is this node's. */
    private void release(String streamId) {
        quietly(() -> {
            if (self.isPresent() && look(streamId).isEmpty()) {
                redis.connection().sync().del(prefix + streamId);
            }
        });
    }

    /**
     * Waits until no node, nor this one from before, has the stream or something of it to store yet; one that is dead says so for some
     * seconds.
     *
     * @throws Overloaded when it takes longer, as while the storage is away: what would be stored here now would bear the same numbers
     */
    void awaitFree(String streamId) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (audio.isLeaving(streamId) || look(streamId).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new Overloaded("Not all that was heard before is stored yet.", Duration.ofSeconds(1));
            }
            Thread.sleep(50);
        }
    }

    private Optional<URI> look(String streamId) {
        try {
            return Optional.ofNullable(redis.connection().sync().get(prefix + streamId))
                    .map(URI::create)
                    .filter(owner -> !self.equals(Optional.of(owner)));
        } catch (RedisException away) {
            log.warn("Where stream {} is live cannot be looked up: {}", streamId, away.getMessage());
            return Optional.empty();
        }
    }

    private void beat() {
        long now = System.nanoTime();
        known.values().removeIf(seen -> seen.until() - now < 0);
        try {
            List<UUID> here = audio.streamIds().stream().map(UUID::fromString).toList();
            // Whose broadcaster was waited for here and came back there
            onAir.takenElsewhere(here).forEach(stream -> handOver(stream.toString()));
        } catch (RedisException away) {
            log.warn("Which streams went on elsewhere is not known: {}", away.getMessage());
        }
        audio.heldIds().forEach(this::claim);
    }

    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RedisException away) {
            log.warn("Redis is not told which streams are live here: {}", away.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
