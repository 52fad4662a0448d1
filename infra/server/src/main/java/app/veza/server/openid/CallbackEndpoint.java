package app.veza.server.openid;

import app.veza.command.Rejection;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.identity.openid.ExternalAccount;
import app.veza.command.identity.signinwith.ExternalSignIn;
import app.veza.command.identity.token.SignInAnswers;
import app.veza.server.node.NodeConfig;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.WebUtils;

/**
 * Where a provider sends the browser back to. A person in a browser goes on to the app, with a code that the app exchanges: behind a #,
 * which browsers send to nobody. A program, or everybody where no app is configured, is answered as by the log-in.
 */
@RestController
final class CallbackEndpoint {

    private final OpenIdClients clients;
    private final Attempts attempts;
    private final SealedAccounts accounts;
    private final ExternalSignIn signIns;
    private final String cookieName;
    private final String app;

    CallbackEndpoint(
            OpenIdClients clients,
            Attempts attempts,
            SealedAccounts accounts,
            ExternalSignIn signIns,
            NodeConfig node,
            @Value("${veza.app-url:${veza.mail.app-url:}}") String app) {
        this.clients = clients;
        this.attempts = attempts;
        this.accounts = accounts;
        this.signIns = signIns;
        this.cookieName = AuthorizeEndpoint.cookieName(node);
        this.app = app.replaceAll("/+$", "");
    }

    /**
     * What a provider adds to the address (RFC 6749, section 4.1.2, and RFC 9207).
     *
     * @param error in place of a code
     * @param iss who answers, where it says so
     */
    record Reply(
            @Nullable String code,
            @Nullable String state,
            @Nullable String error,
            @Nullable String iss) {

        /** Without what is secret. */
        @Override
        public String toString() {
            return "Reply[]";
        }
    }

    @GetMapping("/auth/oauth2/{provider}/callback")
    @ApiResponse(responseCode = "200", description = "Signed in", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "302",
            description = "On to the app, with a code or an error behind the #",
            content = @Content)
    ResponseEntity<SignInAnswers.SignedIn> callback(
            @PathVariable String provider,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String iss,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            CommandRequest request,
            HttpServletRequest http) {
        var reply = new Reply(code, state, error, iss);
        Cookie cookie = WebUtils.getCookie(http, cookieName);
        String browser = cookie == null ? null : cookie.getValue();
        if (app.isEmpty() || accept == null || !accept.contains("text/html")) {
            Attempt attempt = attempt(provider, reply, browser);
            if (attempt.challenge() != null) {
                throw Rejection.unauthenticated(
                        "This sign-in began with a challenge, so its result goes to the app in a browser only.");
            }
            return signIns.signIn(request, Client.of(http), account(attempt, reply), null);
        }
        try {
            Attempt attempt = attempt(provider, reply, browser);
            return toApp("code=" + accounts.put(account(attempt, reply), attempt.challenge()));
        } catch (Rejection refused) {
            return toApp("error=" + refused.slug());
        }
    }

    private Attempt attempt(String provider, Reply reply, @Nullable String browser) {
        OpenIdClient client = clients.require(provider);
        Attempt attempt = attempts.take(reply.state() == null ? "" : reply.state(), provider, browser)
                .orElseThrow(() -> Rejection.unauthenticated(
                        "This browser did not begin this sign-in, or it is over: begin it anew."));
        if (reply.iss() != null && !client.isIssuer(reply.iss())) {
            throw Rejection.unauthenticated("Another provider answered than the one that was asked.");
        }
        if (reply.error() != null || reply.code() == null) {
            throw Rejection.unauthenticated("The provider '%s' did not let you in.".formatted(provider));
        }
        return attempt;
    }

    private ExternalAccount account(Attempt attempt, Reply reply) {
        return clients.require(attempt.provider()).account(attempt, reply.state(), reply.code());
    }

    private ResponseEntity<SignInAnswers.SignedIn> toApp(String result) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(app + "/signed-in#" + result))
                .cacheControl(CacheControl.noStore())
                .build();
    }
}
