package app.veza.server.streaming;

import app.veza.command.Ids;
import app.veza.command.http.Commands;
import app.veza.command.streaming.endlistening.EndListening;
import app.veza.event.streaming.ListenerLeft.Reason;
import app.veza.eventstore.command.CommandOptions;
import app.veza.server.streaming.LiveStreams.Listening;
import app.veza.server.streaming.Signs.Silent;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what nobody listens to any more: who gave no sign for too long, who is no guest any more, everybody once a stream has ended. Redis
 * tells each silence to one node; what it forgot, and what a node that died had taken on, is found by comparing it with the log.
 */
final class ListenerReaper {

    private static final Logger log = LoggerFactory.getLogger(ListenerReaper.class);

    private static final int AT_ONCE = 200;
    private static final int COMPARED = 500;
    private static final Duration ONE_NODE_FOR = Duration.ofSeconds(5);
    private static final Duration COMPARE_EVERY = Duration.ofSeconds(10);

    private final LiveStreams streams;
    private final Signs signs;
    private final Commands commands;
    private final StreamingSettings settings;
    private final InstantSource clock;
    private @Nullable Instant redisSince;
    private Instant comparedAt = Instant.MIN;

    ListenerReaper(
            LiveStreams streams, Signs signs, Commands commands, StreamingSettings settings, InstantSource clock) {
        this.streams = streams;
        this.signs = signs;
        this.commands = commands;
        this.settings = settings;
        this.clock = clock;
    }

    void look() {
        List<Listening> left = streams.left();
        if (!left.isEmpty() && isFirst("ended")) {
            end(left, Reason.STREAM_ENDED, Map.of());
        }
        List<Listening> unwelcome = streams.unwelcome();
        if (!unwelcome.isEmpty() && isFirst("unwelcome")) {
            end(unwelcome, Reason.GONE, Map.of());
        }
        try {
            if (couldAllSign()) {
                endSilent();
                endForgotten();
            }
        } catch (RedisException away) {
            redisSince = null;
            log.debug("No sign of listening can be read: {}", away.getMessage());
        }
    }

    private boolean isFirst(String work) {
        try {
            return signs.isFirst(work, ONE_NODE_FOR);
        } catch (RedisException away) {
            // It is done once, by whichever node: this one saves the others the attempt, no more
            return true;
        }
    }

    /** Nobody is gone only because no sign could be kept: not before Redis was there again for as long as one is good. */
    private boolean couldAllSign() {
        signs.reach();
        Instant now = clock.instant();
        redisSince = redisSince == null ? now : redisSince;
        return !now.isBefore(redisSince.plus(settings.listensFor()));
    }

    private void endSilent() {
        List<Silent> silent = signs.takeSilent(settings.listensFor(), AT_ONCE);
        Map<UUID, Long> lastSigns = silent.stream().collect(Collectors.toMap(Silent::listeningId, Silent::lastSign));
        end(
                silent.stream()
                        .flatMap(sign -> streams.listening(sign.listeningId()).stream())
                        .toList(),
                Reason.GONE,
                lastSigns);
    }

    private void endForgotten() {
        Instant now = clock.instant();
        if (!now.isAfter(comparedAt.plus(COMPARE_EVERY))) {
            return;
        }
        comparedAt = now;
        Instant longEnough = now.minus(settings.listensFor());
        Map<UUID, Listening> old = streams.listenings().stream()
                .filter(listening -> Ids.timeOf(listening.listeningId()).isBefore(longEnough))
                .collect(Collectors.toMap(Listening::listeningId, listening -> listening));
        for (List<UUID> part : parts(List.copyOf(old.keySet()), COMPARED)) {
            end(signs.missing(part).stream().map(old::get).toList(), Reason.GONE, Map.of());
        }
    }

    /** @param lastSigns where they are known; now for others */
    private void end(Collection<Listening> listenings, Reason reason, Map<UUID, Long> lastSigns) {
        listenings.stream().collect(Collectors.groupingBy(Listening::streamId)).forEach((stream, ended) -> {
            for (List<Listening> part : parts(ended, AT_ONCE)) {
                run(new EndListening(
                        stream,
                        part.stream()
                                .map(listening -> Listeners.listening(
                                        listening.personId(),
                                        listening.listeningId(),
                                        lastSigns.getOrDefault(listening.listeningId(), clock.millis())))
                                .toList(),
                        reason));
            }
        });
    }

    /** What fails is still in the log, and found again there: it must not hold up the others. */
    private void run(EndListening command) {
        try {
            commands.run(command, CommandOptions.none());
        } catch (RuntimeException failure) {
            log.warn(
                    "{} listenings of stream {} are not ended yet: {}",
                    command.listenings().size(),
                    command.streamId(),
                    failure.toString());
        }
    }

    private static <T> List<List<T>> parts(List<T> all, int size) {
        var parts = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }
}
