package app.veza.command.identity.sessions;

import app.veza.command.History;
import app.veza.command.http.Caller;
import app.veza.command.http.LogRead;
import app.veza.command.http.Paging;
import app.veza.command.identity.session.LiveSessions;
import app.veza.event.identity.LoggedIn;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class SessionsEndpoint {

    private static final int MOST = 100;

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

    /**
     * @param items newest first
     * @param nextCursor of the page that follows; null when this is the last
     */
    record Sessions(
            List<Session> items,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String nextCursor) {}

    @GetMapping("/auth/sessions")
    ResponseEntity<Sessions> mine(
            Caller caller,
            LogRead read,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return page(read, caller.personId(), caller.sessionId(), limit, cursor);
    }

    /** Of anybody, for an admin. */
    @GetMapping("/api/users/{id}/sessions")
    ResponseEntity<Sessions> of(
            Caller caller,
            LogRead read,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return page(read, id, caller.sessionId(), limit, cursor);
    }

    private ResponseEntity<Sessions> page(LogRead read, UUID person, UUID current, int limit, @Nullable String cursor) {
        Paging.requireLimit(limit, MOST);
        UUID before = Paging.idCursor(cursor);
        return read.answer(() -> sessions(person, current, limit, before));
    }

    /** @param before the last session of the page before, null for the first page: ids go up with the time */
    private Sessions sessions(UUID person, UUID current, int limit, @Nullable UUID before) {
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
        List<LoggedIn> live = LiveSessions.fold(
                        past.stream().map(History.Dated::event).toList())
                .at(clock.instant())
                .filter(session -> before == null || session.sessionId().compareTo(before) < 0)
                .sorted(Comparator.comparing(LoggedIn::sessionId).reversed())
                .limit(limit + 1L)
                .toList();
        List<Session> items = live.stream().limit(limit).map(shown).toList();
        return new Sessions(items, live.size() > limit ? items.getLast().id().toString() : null);
    }
}
