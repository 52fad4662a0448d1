package app.veza.server.ratelimit;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Routes that cost alike and are limited together. */
public enum RouteClass {
    /** What changes accounts and sessions: the costly and the guessable. */
    AUTH,
    COMMANDS,
    /** What lengthens one's own history, which is read again for much that one does: profile, blocks, second factor, webhooks, streams opened. */
    ACCOUNT,
    READS,
    SEARCHES,
    UPLOADS,
    EXPORTS,
    /** Playlists and parts of live audio, of which a player asks for several a second, and recordings; {@link MediaLimits} charges them. */
    MEDIA,
    /** Handshakes on the gateway's port; {@link HandshakeLimits} charges them. */
    SOCKETS,
    /** Not requests but the bytes of what they send, be it by whichever route or over a socket: they end in the log. */
    WRITTEN,
    /** Bytes of the files that are to be uploaded; {@link UploadLimits} charges them. */
    UPLOADED;

    private static final Pattern LISTED = Pattern.compile("/api/users/[^/]+/block|/api/webhooks/[^/]+");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Empty for what is not limited: probes, which must be answered most of all when much is going on. */
    public static Optional<RouteClass> of(String method, String path) {
        if (path.equals("/api/health") || path.startsWith("/actuator/")) {
            return Optional.empty();
        }
        if (path.startsWith("/live/")) {
            return Optional.of(MEDIA);
        }
        if (path.equals("/api/search") || path.startsWith("/api/analytics/")) {
            return Optional.of(SEARCHES);
        }
        if (path.startsWith("/auth/oauth2/")) {
            return Optional.of(AUTH);
        }
        if (!writes(method)) {
            return Optional.of(READS);
        }
        return Optional.of(
                switch (path) {
                    case "/api/uploads" -> UPLOADS;
                    case "/api/me/export" -> EXPORTS;
                    case "/api/me", "/api/streams", "/api/webhooks" -> ACCOUNT;
                    default -> {
                        if (LISTED.matcher(path).matches() || path.startsWith("/auth/totp")) {
                            yield ACCOUNT;
                        }
                        yield path.startsWith("/auth/") ? AUTH : COMMANDS;
                    }
                });
    }

    /** Whether what is asked for changes something, and so may lengthen the log. */
    static boolean writes(String method) {
        return !SAFE.contains(method);
    }

    /** As it stands in settings and headers. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
