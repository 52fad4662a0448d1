package app.veza.command.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndSurplusTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final Scenario<EndSurplus, LiveSessions> scenario = Scenario.of(new EndSurplusHandler());

    /** Oldest first. */
    private List<LoggedIn> begun(int sessions, Instant expiresAt) {
        return IntStream.range(0, sessions)
                .mapToObj(i -> new LoggedIn(UUID.randomUUID(), ann, "192.0.2.1", null, "hash", expiresAt))
                .toList();
    }

    private List<LoggedIn> live(int sessions) {
        return begun(sessions, NOW.plusSeconds(1));
    }

    private static VezaEvent[] history(List<? extends VezaEvent> events) {
        return events.toArray(VezaEvent[]::new);
    }

    private VezaEvent[] ended(List<LoggedIn> sessions) {
        return sessions.stream()
                .map(session -> new SessionEnded(session.sessionId(), ann, Reason.REVOKED, ann))
                .toArray(VezaEvent[]::new);
    }

    private EndSurplus surplus(@Nullable LoggedIn kept) {
        return new EndSurplus(ann, kept == null ? null : kept.sessionId(), NOW);
    }

    @Test
    void theOldestBeyondTheLimitEnd() {
        List<LoggedIn> sessions = live(ManySessions.MOST + 2);
        scenario.given(history(sessions)).when(surplus(null)).then(ended(sessions.subList(0, 2)));
        scenario.given(history(sessions.subList(0, ManySessions.MOST)))
                .when(surplus(null))
                .thenNothing();
    }

    @Test
    void whatExpiredCountsForNothing() {
        List<LoggedIn> past = begun(50, NOW);
        List<LoggedIn> sessions = live(ManySessions.MOST);
        scenario.given(history(Stream.concat(past.stream(), sessions.stream()).toList()))
                .when(surplus(null))
                .thenNothing();
    }

    @Test
    void oneThatIsToGoOnDoesAndAYoungerOneEnds() {
        List<LoggedIn> sessions = live(ManySessions.MOST + 1);
        scenario.given(history(sessions)).when(surplus(sessions.getFirst())).then(ended(sessions.subList(1, 2)));
    }

    @Test
    void neverMoreThanOneAppendTakesEndAtOnce() {
        assertThat(scenario.given(history(live(3_000))).when(surplus(null)).events())
                .hasSize(ManySessions.MOST);
    }
}
