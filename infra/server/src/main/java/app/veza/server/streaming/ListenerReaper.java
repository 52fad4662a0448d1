package app.veza.server.streaming;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.History;
import app.veza.command.History.Dated;
import app.veza.command.Ids;
import app.veza.command.http.Commands;
import app.veza.command.streaming.endlistening.EndListening;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.ListenerLeft.Reason;
import app.veza.event.streaming.StreamStopped;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what nobody listens to any more: who gave no sign for too long, who is no guest any more, everybody once a stream has ended. Redis
 * tells each silence to one node; what it forgot, and what a node that died had taken on, is found by comparing it with the log. What an
 * event led to stands below it in the tree of what led to what; nothing leads to silence.
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
    private final History history;
    private final StreamingSettings settings;
    private final InstantSource clock;
    private @Nullable Instant redisSince;
    private Instant comparedAt = Instant.MIN;

    ListenerReaper(
            LiveStreams streams,
            Signs signs,
            Commands commands,
            History history,
            StreamingSettings settings,
            InstantSource clock) {
        this.streams = streams;
        this.signs = signs;
        this.commands = commands;
        this.history = history;
        this.settings = settings;
        this.clock = clock;
    }

    void look() {
        List<Listening> left = streams.left();
        if (!left.isEmpty() && isFirst("ended")) {
            ofEachStream(left)
                    .forEach((stream, ended) -> end(
                            stream,
                            ended,
                            Reason.STREAM_ENDED,
                            Map.of(),
                            () -> following(events(tag(STREAM, stream), StreamStopped.class))));
        }
        List<Listening> unwelcome = streams.unwelcome();
        if (!unwelcome.isEmpty() && isFirst("unwelcome")) {
            unwelcome.forEach(guest -> end(
                    guest.streamId(),
                    List.of(guest),
                    Reason.GONE,
                    Map.of(),
                    () -> following(
                            events(tags(STREAM, guest.streamId(), PERSON, guest.personId()), GuestRemoved.class))));
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
        endGone(
                silent.stream()
                        .flatMap(sign -> streams.listening(sign.listeningId()).stream())
                        .toList(),
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
            endGone(signs.missing(part).stream().map(old::get).toList(), Map.of());
        }
    }

    private void endGone(Collection<Listening> listenings, Map<UUID, Long> lastSigns) {
        ofEachStream(listenings)
                .forEach((stream, gone) -> end(stream, gone, Reason.GONE, lastSigns, CommandOptions::none));
    }

    private static Map<UUID, List<Listening>> ofEachStream(Collection<Listening> listenings) {
        return listenings.stream().collect(Collectors.groupingBy(Listening::streamId));
    }

    /** @param lastSigns where they are known; now for others */
    private void end(
            UUID stream,
            List<Listening> ended,
            Reason reason,
            Map<UUID, Long> lastSigns,
            Supplier<CommandOptions> options) {
        for (List<Listening> part : parts(ended, AT_ONCE)) {
            run(
                    new EndListening(
                            stream,
                            part.stream()
                                    .map(listening -> Listeners.listening(
                                            listening.personId(),
                                            listening.listeningId(),
                                            lastSigns.getOrDefault(listening.listeningId(), clock.millis())))
                                    .toList(),
                            reason),
                    options);
        }
    }

    /** Of a command that the last of these events led to. */
    private CommandOptions following(EventCriteria causes) {
        List<Dated> found = history.readDated(causes);
        return found.isEmpty() ? CommandOptions.none() : found.getLast().following();
    }

    /** What fails is still in the log, and found again there: it must not hold up the others. */
    private void run(EndListening command, Supplier<CommandOptions> options) {
        try {
            commands.run(command, options.get());
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
