package app.veza.server.streaming;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import app.veza.server.streaming.Listeners.Joined;
import app.veza.server.streaming.PlaybackLinks.Pass;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST} and {@code DELETE /api/streams/{id}/listeners/me}. */
@RestController
@ConditionalOnRole(Role.GATEWAY)
final class ListenersEndpoint {

    private static final String OPERATION = "streaming.joinstream";

    private final Listeners listeners;
    private final PlaybackLinks links;
    private final StreamingSettings settings;
    private final boolean withCookies;

    /** @param cdnKey with which a CDN's cookies are signed; null when none wants any */
    ListenersEndpoint(
            Listeners listeners,
            PlaybackLinks links,
            StreamingSettings settings,
            @Value("${veza.live.cdn.key-pair-id:#{null}}") @Nullable String cdnKey) {
        this.listeners = listeners;
        this.links = links;
        this.settings = settings;
        this.withCookies = cdnKey != null;
    }

    /**
     * @param playbackUrl this listener's own, good until {@code expiresAt}
     * @param repeatWithin seconds: who neither asks again nor fetches playlists by then no longer counts as a listener
     * @param withCookies whether what the link leads to is fetched with the cookies that came with this answer, which a CDN looks at
     */
    record Answer(UUID listeningId, URI playbackUrl, Instant expiresAt, long repeatWithin, boolean withCookies) {}

    @Operation(
            summary = "Listen to a stream, or go on listening",
            description =
                    "The first time begins a listening; again from the same session is a sign that it goes on, and renews the link."
                            + " Fetching playlists by the link is such a sign too.")
    @PostMapping("/api/streams/{streamId}/listeners/me")
    ResponseEntity<Answer> join(Caller caller, CommandRequest request, @PathVariable UUID streamId) {
        Joined joined = listeners.join(caller, request, OPERATION, streamId);
        var pass = new Pass(
                streamId,
                joined.listeningId(),
                caller.personId(),
                caller.sessionId(),
                joined.linkExpiresAt().truncatedTo(ChronoUnit.SECONDS));
        return ResponseEntity.ok()
                .header(Answers.POSITION, Long.toString(joined.position()))
                .cacheControl(CacheControl.noStore())
                .body(new Answer(
                        joined.listeningId(),
                        links.sign(pass),
                        pass.expiresAt(),
                        settings.listensFor().toSeconds(),
                        withCookies));
    }

    @Operation(summary = "Listen no longer")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/streams/{streamId}/listeners/me")
    ResponseEntity<Void> leave(Caller caller, CommandRequest request, @PathVariable UUID streamId) {
        return ResponseEntity.noContent()
                .header(Answers.POSITION, Long.toString(listeners.leave(caller, streamId)))
                .build();
    }
}
