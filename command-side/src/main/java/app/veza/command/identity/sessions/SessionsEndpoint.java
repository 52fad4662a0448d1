package app.veza.command.identity.sessions;

import app.veza.command.History;
import app.veza.command.http.Caller;
import app.veza.command.identity.session.LiveSessions;
import app.veza.event.identity.LoggedIn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class SessionsEndpoint {

    private final History history;
    private final InstantSource clock;

    SessionsEndpoint(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /**
     * @param expiresAt when it ends however often it is refreshed
     * @param address from which it began
     * @param agent the program that it began with, as it named itself
     * @param current whether it is the one that asks
     */
    record Session(
            UUID id,
            Instant startedAt,
            Instant expiresAt,
            String address,
            @Nullable String agent,
            boolean current) {}

    /** @param items newest first */
    record Sessions(List<Session> items) {}

    @GetMapping("/auth/sessions")
    ResponseEntity<Sessions> mine(Caller caller) {
        return sessions(caller.personId(), caller.sessionId());
    }

    /** Of anybody, for an admin. */
    @GetMapping("/api/users/{id}/sessions")
    ResponseEntity<Sessions> of(Caller caller, @PathVariable UUID id) {
        return sessions(id, caller.sessionId());
    }

    private ResponseEntity<Sessions> sessions(UUID person, UUID current) {
        List<History.Dated> past = history.readDated(LiveSessions.of(person));
        Map<UUID, Instant> started = past.stream()
                .filter(dated -> dated.event() instanceof LoggedIn)
                .collect(Collectors.toMap(dated -> ((LoggedIn) dated.event()).sessionId(), History.Dated::at));
        Function<LoggedIn, Session> shown = session -> new Session(
                session.sessionId(),
                started.get(session.sessionId()),
                session.expiresAt(),
                session.address(),
                session.agent(),
                session.sessionId().equals(current));
        List<Session> items = LiveSessions.fold(
                        past.stream().map(History.Dated::event).toList())
                .at(clock.instant())
                .map(shown)
                .collect(Collectors.toCollection(ArrayList::new));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Sessions(items.reversed()));
    }
}
