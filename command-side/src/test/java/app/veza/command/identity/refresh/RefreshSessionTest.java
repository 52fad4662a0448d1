package app.veza.command.identity.refresh;

import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;

import app.veza.command.Scenario;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import app.veza.event.identity.SessionRefreshed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RefreshSessionTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final LoggedIn loggedIn =
            new LoggedIn(session, ann, "192.0.2.1", null, "first", Instant.parse("2030-01-31T00:00:00Z"));
    private final SessionRefreshed toSecond = new SessionRefreshed(session, ann, "second");
    private final SessionRefreshed toThird = new SessionRefreshed(session, ann, "third");

    private final Scenario<RefreshSession, RefreshSessionHandler.State> scenario =
            Scenario.of(new RefreshSessionHandler());

    private RefreshSession present(String hash) {
        return new RefreshSession(session, hash, "next", now);
    }

    @Nested
    class TheTokenIsGood {

        private final SessionRefreshed rotated = new SessionRefreshed(session, ann, "next");

        @Test
        void afterTheLogIn() {
            scenario.given(loggedIn).when(present("first")).then(rotated);
        }

        @Test
        void afterRefreshes() {
            scenario.given(loggedIn, toSecond, toThird).when(present("third")).then(rotated);
        }
    }

    @Nested
    class TheTokenWasSpent {

        private final SessionEnded ended = new SessionEnded(session, ann, Reason.REFRESH_REUSED, ann);

        @Test
        void aMomentAgo() {
            scenario.given(loggedIn, toSecond).when(present("first")).then(ended);
        }

        @Test
        void longAgo() {
            scenario.given(loggedIn, toSecond, toThird).when(present("first")).then(ended);
        }

        @Test
        void andTheSessionEndedForIt() {
            scenario.given(loggedIn, toSecond, ended)
                    .when(present("second"))
                    .thenRejected(UNAUTHENTICATED, "unauthenticated");
        }
    }

    @Nested
    class TheTokenIsNone {

        @Test
        void ofThisSession() {
            scenario.given(loggedIn, toSecond)
                    .when(present("made-up"))
                    .thenRejected(UNAUTHENTICATED, "unauthenticated");
        }

        @Test
        void ofAnySession() {
            scenario.given(new LoggedIn(UUID.randomUUID(), ann, "192.0.2.1", null, "first", Instant.MAX))
                    .when(present("first"))
                    .thenRejected(UNAUTHENTICATED, "unauthenticated");
        }
    }

    @Nested
    class TheSessionIsOver {

        /** What grows without end would be read by each refresh that follows. */
        @Test
        void byBeingRefreshedMoreOftenThanAnyClientNeeds() {
            List<VezaEvent> history = new ArrayList<>(List.of(loggedIn));
            for (int i = 1; i < RefreshSessionHandler.MOST; i++) {
                history.add(new SessionRefreshed(session, ann, "hash " + i));
            }
            String newest = "hash " + (RefreshSessionHandler.MOST - 1);
            scenario.given(history.toArray(VezaEvent[]::new))
                    .when(present(newest))
                    .then(new SessionRefreshed(session, ann, "next"));
            scenario.given(history.toArray(VezaEvent[]::new))
                    .when(present("first"))
                    .then(new SessionEnded(session, ann, Reason.REFRESH_REUSED, ann));
            history.add(toSecond);
            scenario.given(history.toArray(VezaEvent[]::new))
                    .when(present("second"))
                    .thenRejected(UNAUTHENTICATED, "unauthenticated");
        }

        @Test
        void byLogOut() {
            scenario.given(loggedIn, new SessionEnded(session, ann, Reason.LOGGED_OUT, ann))
                    .when(present("first"))
                    .thenRejected(UNAUTHENTICATED, "unauthenticated");
        }

        @Test
        void byTimeHoweverOftenItWasRefreshed() {
            var lastMoment = loggedIn.expiresAt().minusNanos(1);
            scenario.given(loggedIn, toSecond)
                    .when(new RefreshSession(session, "second", "next", lastMoment))
                    .then(new SessionRefreshed(session, ann, "next"));
            scenario.given(loggedIn, toSecond)
                    .when(new RefreshSession(session, "second", "next", loggedIn.expiresAt()))
                    .thenRejected(UNAUTHENTICATED, "unauthenticated");
        }
    }
}
