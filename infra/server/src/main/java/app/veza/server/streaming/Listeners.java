package app.veza.server.streaming;

import app.veza.command.Ids;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.identity.session.SessionRevocation.SessionState;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.endlistening.EndListening;
import app.veza.command.streaming.joinstream.JoinStream;
import app.veza.command.streaming.watchstream.StreamAdmission;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft.Reason;
import app.veza.eventstore.command.CommandOptions;
import app.veza.eventstore.command.CommandOutcome;
import app.veza.server.streaming.PlaybackLinks.Pass;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People who listen to streams. Each gives a sign now and then, by joining again or by fetching playlists with their link; signs are
 * no history and stay in Redis, beginning and end of a listening are events. One session has one listening of a stream.
 */
public final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private static final int REMEMBERED = 50_000;

    /** Of one node's index: a listening that began on another is known here by then. */
    private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(5);

    /** Who was let in a moment ago still is. */
    private static final Duration LOOKED_AT_ANEW = Duration.ofSeconds(5);

    private final Commands commands;
    private final StreamAdmission admission;
    private final SessionRevocation sessions;
    private final Signs signs;
    private final LiveStreams streams;
    private final StreamingSettings settings;
    private final InstantSource clock;
    private final Cache<UUID, Boolean> signed;

    /** Streams that have ended stay so. */
    private final Cache<UUID, Boolean> over =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** Who hears what has ended. */
    private final Cache<Guest, Boolean> letIn = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(LOOKED_AT_ANEW)
            .build();

    Listeners(
            Commands commands,
            StreamAdmission admission,
            SessionRevocation sessions,
            Signs signs,
            LiveStreams streams,
            StreamingSettings settings,
            InstantSource clock) {
        this.commands = commands;
        this.admission = admission;
        this.sessions = sessions;
        this.signs = signs;
        this.streams = streams;
        this.settings = settings;
        this.clock = clock;
        this.signed = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(settings.listensFor().dividedBy(6))
                .build();
    }

    private record Guest(UUID personId, UUID streamId) {}

    /** @param position from which on reads see it */
    record Joined(UUID listeningId, Instant linkExpiresAt, long position) {}

    /** @throws app.veza.command.Rejection when the person may not hear the stream, or it has ended */
    Joined join(Caller caller, CommandRequest request, String operation, UUID streamId) {
        // A sign may be given again after a listening was ended, as when an invitation is taken back and given anew
        Optional<UUID> goingOn = repeated(streamId, caller).filter(listening -> goesOn(streamId, listening));
        if (goingOn.isPresent()) {
            return joined(goingOn.get(), admission.admitListener(caller.personId(), streamId));
        }
        CommandOutcome outcome = commands.run(
                new JoinStream(streamId, caller.personId(), Ids.next()), request.repeatable(operation, streamId));
        UUID listeningId = outcome.event(ListenerJoined.class).orElseThrow().listeningId();
        try {
            signs.begin(streamId, caller.sessionId(), listeningId, keep());
        } catch (RedisException away) {
            log.warn("A listener's sign is not noted while Redis is away: {}", away.getMessage());
        }
        return joined(listeningId, outcome.position());
    }

    private Joined joined(UUID listeningId, long position) {
        return new Joined(listeningId, clock.instant().plus(settings.linkLife()), position);
    }

    private Optional<UUID> repeated(UUID streamId, Caller caller) {
        try {
            return signs.repeat(streamId, caller.sessionId(), keep());
        } catch (RedisException away) {
            log.warn("Which session a listener joined by is not known while Redis is away: {}", away.getMessage());
            return streams.listening(streamId, caller.personId());
        }
    }

    /** Longer than a sign is good for: who comes back meanwhile is told apart from who is new. */
    private Duration keep() {
        return settings.listensFor().multipliedBy(2);
    }

    /** Who does not listen leaves too: nothing happens then. */
    long leave(Caller caller, UUID streamId) {
        long position = admission.admit(caller.personId(), streamId);
        return signs.of(streamId, caller.sessionId())
                .map(listening -> leave(caller, streamId, listening))
                .orElse(position);
    }

    /** Its sign goes when it is over in the log: until then leaving can be tried again. */
    private long leave(Caller caller, UUID streamId, UUID listening) {
        var ended = new EndListening(
                streamId, List.of(listening(caller.personId(), listening, clock.millis())), Reason.LEFT);
        long position = commands.run(ended, CommandOptions.none()).position();
        signs.end(streamId, caller.sessionId(), listening);
        return position;
    }

    /** @param lastSign milliseconds since 1970 */
    static EndListening.Listening listening(UUID person, UUID listening, long lastSign) {
        // Its id was drawn when it began
        long began = Ids.timeOf(listening).toEpochMilli();
        return new EndListening.Listening(person, listening, Math.max(0, lastSign - began));
    }

    /** A playlist was fetched with a listener's link: they listen. Costs Redis something only now and then. */
    public void heard(Pass pass) {
        if (signed.getIfPresent(pass.listeningId()) != null) {
            return;
        }
        signed.put(pass.listeningId(), true);
        if (streams.listening(pass.listeningId()).isPresent()) {
            try {
                signs.give(pass.listeningId());
            } catch (RedisException away) {
                log.warn("A listener's sign is not noted while Redis is away: {}", away.getMessage());
            }
        }
    }

    /**
     * Whether a link is good for a private stream, as any node knows: while it is live the listening that it was given for has to go on.
     * Whose invitation was taken back, or who gave no sign for long, has to join again; what has ended is heard to its end, by who is let in.
     * Nobody hears anything by a link of a session that is over.
     */
    public boolean mayHear(Pass pass) {
        return isOpen(pass.sessionId())
                && (pass.isBroadcasters()
                        || goesOn(pass.streamId(), pass.listeningId())
                        || isOver(pass.streamId()) && isLetIn(pass.personId(), pass.streamId()));
    }

    /** That it began is certain, or there were no pass: this node may not have read of it yet. */
    private boolean isOpen(UUID session) {
        SessionState state = sessions.stateOf(session);
        return state == SessionState.LIVE || state == SessionState.UNKNOWN;
    }

    private boolean isLetIn(UUID personId, UUID streamId) {
        return letIn.get(new Guest(personId, streamId), guest -> streams.isKnownTo(personId, streamId));
    }

    private boolean isOver(UUID streamId) {
        if (over.getIfPresent(streamId) != null) {
            return true;
        }
        boolean isOver = streams.state(streamId)
                .filter(stream -> stream.phase() == Phase.ENDED)
                .isPresent();
        if (isOver) {
            over.put(streamId, true);
        }
        return isOver;
    }

    private boolean goesOn(UUID streamId, UUID listeningId) {
        return streams.listening(listeningId)
                        .filter(listening -> listening.streamId().equals(streamId))
                        .isPresent()
                || clock.instant().isBefore(Ids.timeOf(listeningId).plus(ARRIVES_WITHIN));
    }
}
