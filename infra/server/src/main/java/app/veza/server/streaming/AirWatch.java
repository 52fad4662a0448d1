package app.veza.server.streaming;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;

import app.veza.command.History;
import app.veza.command.History.Dated;
import app.veza.command.Rejection;
import app.veza.command.http.Commands;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.endabandoned.EndAbandoned;
import app.veza.command.streaming.interruptstream.InterruptStream;
import app.veza.command.streaming.resumestream.ResumeStream;
import app.veza.command.streaming.stopstream.StopStream;
import app.veza.event.EventTags;
import app.veza.event.identity.PersonErased;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.eventstore.command.CommandOptions;
import app.veza.server.streaming.Beats.Look;
import app.veza.server.streaming.LiveStreams.Air;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that who is gone is off the air, whoever died: each node looks at all streams several times a second and does what none
 * has done yet. What it does names the position that it knows the stream by, so that nodes that are late change nothing.
 *
 * <p>A live stream without a beat is interrupted. Not while Redis is away, nor before it was there again as long as a beat is good for:
 * its silence says nothing of broadcasters. An interrupted stream has ended once it waited long enough, counted from the last
 * beat, or from the interruption where that came first; for this the log is enough.
 */
final class AirWatch {

    private static final Logger log = LoggerFactory.getLogger(AirWatch.class);

    /** For whoever takes the audio to say themselves that it goes on: they know how long listeners heard silence. */
    private static final Duration TO_RESUME = Duration.ofSeconds(2);

    private final LiveStreams streams;
    private final Beats beats;
    private final OnAir onAir;
    private final Commands commands;
    private final History history;
    private final StreamingSettings settings;
    private final InstantSource clock;
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private @Nullable Instant redisSince;

    AirWatch(
            LiveStreams streams,
            Beats beats,
            OnAir onAir,
            Commands commands,
            History history,
            StreamingSettings settings,
            InstantSource clock) {
        this.streams = streams;
        this.beats = beats;
        this.onAir = onAir;
        this.commands = commands;
        this.history = history;
        this.settings = settings;
        this.clock = clock;
    }

    void look() {
        Optional<Look> look = beats();
        for (Air air : streams.onAir()) {
            if (!busy.contains(air.streamId())) {
                whatIsDue(air, look).ifPresent(command -> run(air, command));
            }
        }
    }

    private Optional<Look> beats() {
        try {
            Look look = beats.look();
            Instant now = clock.instant();
            redisSince = redisSince == null ? now : redisSince;
            forgetEnded(look);
            return Optional.of(look);
        } catch (RedisException away) {
            if (redisSince != null) {
                log.warn("Whose broadcasters are there is not known while Redis is away: {}", away.getMessage());
            }
            redisSince = null;
            return Optional.empty();
        }
    }

    private Optional<Object> whatIsDue(Air air, Optional<Look> look) {
        if (air.isForsaken()) {
            return Optional.of(new StopStream(air.streamId(), air.broadcasterId()));
        }
        return air.phase() == Phase.LIVE
                ? look.filter(known -> isSilent(air, known))
                        .map(known -> new InterruptStream(air.streamId(), air.since()))
                : whenInterrupted(air, look);
    }

    private boolean isSilent(Air air, Look look) {
        if (!hasPassed(redisSince, settings.silentAfter()) || !hasPassed(air.at(), settings.silentAfter())) {
            return false;
        }
        return !isBeating(air, look);
    }

    private boolean isBeating(Air air, Look look) {
        Long last = look.last().get(air.streamId());
        return last != null && look.now() - last <= settings.silentAfter().toMillis();
    }

    private Optional<Object> whenInterrupted(Air air, Optional<Look> look) {
        if (onAir.sendingFor(air.streamId()).compareTo(TO_RESUME) > 0 && hasPassed(air.at(), TO_RESUME)) {
            long silence = Duration.between(air.at(), clock.instant()).toMillis();
            return Optional.of(new ResumeStream(air.streamId(), (int) Math.min(Integer.MAX_VALUE, silence)));
        }
        // Whoever beats after the interruption is connected again, and gets as long once more until there is audio
        boolean isConnected = look.isPresent()
                && isBeating(air, look.get())
                && Instant.ofEpochMilli(look.get().last().get(air.streamId())).isAfter(air.at());
        Instant end = endsAt(air, look).plus(isConnected ? settings.resumeWithin() : Duration.ZERO);
        return clock.instant().isAfter(end)
                ? Optional.of(new EndAbandoned(air.streamId(), air.since()))
                : Optional.empty();
    }

    private Instant endsAt(Air air, Optional<Look> look) {
        Instant cutOff = look.map(known -> known.last().get(air.streamId()))
                // They were there until the next beat that did not come
                .map(last -> Instant.ofEpochMilli(last).plus(settings.beat()))
                .filter(beat -> beat.isBefore(air.at()))
                .orElse(air.at());
        return cutOff.plus(settings.resumeWithin());
    }

    private boolean hasPassed(@Nullable Instant since, Duration time) {
        return since != null && clock.instant().isAfter(since.plus(time));
    }

    private void forgetEnded(Look look) {
        Set<UUID> alive = ConcurrentHashMap.newKeySet();
        streams.onAir().forEach(air -> alive.add(air.streamId()));
        long old = settings.resumeWithin().multipliedBy(2).toMillis();
        look.last().forEach((stream, last) -> {
            if (!alive.contains(stream) && look.now() - last > old) {
                beats.forget(stream);
            }
        });
    }

    /** On a thread of its own: one stream's command that waits must not keep others on the air. */
    private void run(Air air, Object command) {
        UUID stream = air.streamId();
        busy.add(stream);
        Thread.ofVirtual().name("air-watch-" + stream).start(() -> {
            try {
                commands.run(command, following(air, command));
            } catch (Rejection late) {
                log.debug("{} came too late: {}", command, late.getMessage());
            } catch (RuntimeException failure) {
                log.warn("{} could not be carried out and is tried again: {}", command, failure.toString());
            } finally {
                busy.remove(stream);
            }
        });
    }

    /** What led to it, where that was an event. */
    private CommandOptions following(Air air, Object command) {
        List<Dated> causes =
                switch (command) {
                    case EndAbandoned waitedEnough ->
                        history.readDated(events(tag(EventTags.STREAM, air.streamId()), StreamInterrupted.class));
                    case StopStream forsaken ->
                        history.readDated(events(tag(EventTags.PERSON, air.broadcasterId()), PersonErased.class));
                    default -> List.of();
                };
        return causes.isEmpty() ? CommandOptions.none() : causes.getLast().following();
    }
}
