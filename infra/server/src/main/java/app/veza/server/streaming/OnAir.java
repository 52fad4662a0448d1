package app.veza.server.streaming;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that this node takes audio for. It says so of all of them together, again and again, so that every node knows
 * whose broadcaster is there: see {@link AirWatch}. A stream is taken by one: the broadcaster who comes back, here or on another node,
 * takes it over from a connection that is dead without having noticed.
 */
public final class OnAir implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OnAir.class);

    private final Beats beats;
    /** What this node's tokens begin with. */
    private final String node = UUID.randomUUID() + ".";

    private final Map<UUID, Taking> taken = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("on-air").daemon().factory());

    OnAir(Beats beats, Duration beat) {
        this.beats = beats;
        clock.scheduleAtFixedRate(this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A stream whose audio is taken here, until it is closed. */
    public final class Taking implements AutoCloseable {

        private final UUID streamId;
        private final String token = node + UUID.randomUUID();
        private final Runnable takenOver;
        private volatile Supplier<Duration> sending = () -> Duration.ZERO;

        /** Redis knows: until then it may name one who was here before, which says nothing about this one. */
        private volatile boolean told;

        private Taking(UUID streamId, Runnable takenOver) {
            this.streamId = streamId;
            this.takenOver = takenOver;
        }

        /** @param sendingFor how long audio has come by now; zero while none did */
        public void sends(Supplier<Duration> sendingFor) {
            sending = sendingFor;
        }

        /** The broadcaster is gone, or done: no beat says otherwise from here on. */
        @Override
        public void close() {
            if (taken.remove(streamId, this)) {
                try {
                    beats.leave(streamId, token);
                } catch (RedisException away) {
                    log.warn(
                            "Redis is not told that stream {} takes no audio any more; it will miss the beats",
                            streamId);
                }
            }
        }
    }

    /**
     * From here on this node takes the stream's audio. To be called before the stream goes live or is resumed, so that nobody sees
     * it live without a beat.
     *
     * @param takenOver called once, on a thread that others wait for, when the same broadcaster came in elsewhere: their connection
     *     here is to be closed, and the stream neither interrupted nor stopped
     */
    public Taking take(UUID streamId, Runnable takenOver) {
        var taking = new Taking(streamId, takenOver);
        Taking former = taken.put(streamId, taking);
        if (former != null) {
            former.takenOver.run();
        }
        try {
            tell(taking);
        } catch (RedisException away) {
            log.warn("Redis is not told yet that stream {} takes audio: the next beat does", streamId);
        }
        return taking;
    }

    private void tell(Taking taking) {
        beats.take(taking.streamId, taking.token);
        taking.told = true;
    }

    /** How long the stream's broadcaster has been sending audio here; zero while none came, whoever is connected. */
    Duration sendingFor(UUID streamId) {
        Taking taking = taken.get(streamId);
        return taking == null ? Duration.ZERO : taking.sending.get();
    }

    /**
     * Those of the streams whose audio another node takes. Who left here and came in there is in no beat of this node.
     *
     * @throws RedisException when it cannot be asked
     */
    public Set<UUID> takenElsewhere(Collection<UUID> streams) {
        List<UUID> notHere =
                streams.stream().filter(stream -> !taken.containsKey(stream)).toList();
        if (notHere.isEmpty()) {
            return Set.of();
        }
        Map<UUID, String> takers = beats.takers(notHere);
        takers.values().removeIf(token -> token.startsWith(node));
        return takers.keySet();
    }

    private void beat() {
        Map<UUID, Taking> now = Map.copyOf(taken);
        if (now.isEmpty()) {
            return;
        }
        try {
            now.values().stream().filter(taking -> !taking.told).forEach(this::tell);
            var takers = new HashMap<UUID, String>();
            now.forEach((stream, taking) -> takers.put(stream, taking.token));
            for (UUID lost : beats.beat(takers)) {
                Taking taking = now.get(lost);
                if (taken.remove(lost, taking)) {
                    taking.takenOver.run();
                }
            }
        } catch (RedisException away) {
            log.warn("Redis is not told which streams take audio: {}", away.getMessage());
        } catch (RuntimeException failure) {
            // What is thrown here would end all beats
            log.error("A beat of streams on the air failed", failure);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
