package app.veza.server.openid;

import app.veza.command.http.InputCheck;
import app.veza.server.node.NodeConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sends a browser to a provider, and gives it a cookie without which nothing that comes back is taken. */
@RestController
final class AuthorizeEndpoint {

    private static final String COOKIE = "veza-oauth2";
    private static final String PATH = "/auth/oauth2/";

    private final OpenIdClients clients;
    private final Attempts attempts;
    private final NodeConfig node;

    AuthorizeEndpoint(OpenIdClients clients, Attempts attempts, NodeConfig node) {
        this.clients = clients;
        this.attempts = attempts;
        this.node = node;
    }

    /** @param challenge base64url of the SHA-256 of a verifier, with which alone the result can then be exchanged */
    @ResponseStatus(HttpStatus.FOUND)
    @GetMapping("/auth/oauth2/{provider}")
    ResponseEntity<Void> authorize(
            @PathVariable String provider, @RequestParam(required = false) @Nullable String challenge) {
        var input = new InputCheck();
        input.check(
                challenge == null || Pkce.isChallenge(challenge),
                "/challenge",
                "must be the SHA-256 of a verifier in base64url, 43 characters");
        input.verify();
        OpenIdClient client = clients.require(provider);
        var attempt = new Attempt(provider, Pkce.random(), Pkce.random(), Pkce.random(), challenge);
        URI there = client.authorization(attempt, attempts.put(attempt));
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(there)
                .header(HttpHeaders.SET_COOKIE, cookie(attempt.browser()).toString())
                .cacheControl(CacheControl.noStore())
                .build();
    }

    /** What no page of another name below ours, and none without TLS, can have set. */
    static String cookieName(NodeConfig node) {
        return (isHttps(node) ? "__Secure-" : "") + COOKIE;
    }

    private static boolean isHttps(NodeConfig node) {
        return "https".equals(node.publicUrl().getScheme());
    }

    /** Lax: it comes along when the provider sends the browser back, and with nothing that another page posts. */
    private ResponseCookie cookie(String browser) {
        return ResponseCookie.from(cookieName(node), browser)
                .path(PATH)
                .httpOnly(true)
                .secure(isHttps(node))
                .sameSite("Lax")
                .maxAge(OpenIdWiring.ATTEMPT_LIFE)
                .build();
    }
}
