package app.veza.server.security;

import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.identity.session.SessionRevocation.SessionState;
import app.veza.eventstore.EventLog;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Waits for a session that this node has not heard of: it began on another node a moment ago, and its token was faster than its
 * event. Asked only for tokens that we signed, so nobody else can make it wait.
 */
final class ArrivingSessions implements Predicate<UUID> {

    /** Another node's append is read here within 100 ms; a node that is further behind than this has lost touch with the log. */
    static final Duration BOUND = Duration.ofSeconds(2);

    private final SessionRevocation sessions;
    private final EventLog log;

    ArrivingSessions(SessionRevocation sessions, EventLog log) {
        this.sessions = sessions;
        this.log = log;
    }

    /** Whether the session is live, once it is known here. */
    @Override
    public boolean test(UUID session) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (true) {
            long indexed = log.indexedPosition();
            SessionState state = sessions.stateOf(session);
            long left = deadline - System.nanoTime();
            if (state != SessionState.UNKNOWN || left <= 0 || !log.awaitPast(indexed, Duration.ofNanos(left))) {
                return state == SessionState.LIVE;
            }
        }
    }
}
