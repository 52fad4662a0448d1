package app.veza.command.identity.token;

import app.veza.command.CommandSideConfig;
import app.veza.command.http.Answers;
import app.veza.eventstore.command.CommandOutcome;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The answer of who signs in or goes on with a session. */
@Component
public final class SignInAnswers {

    private final AccessTokens tokens;
    private final CommandSideConfig config;

    public SignInAnswers(AccessTokens tokens, CommandSideConfig config) {
        this.tokens = tokens;
        this.config = config;
    }

    /** @param expiresIn seconds until the access token is no longer good */
    public record SignedIn(
            String accessToken, String refreshToken, String tokenType, long expiresIn, SignedInUser user) {

        /** Without the tokens. */
        @Override
        public String toString() {
            return "SignedIn[user=%s]".formatted(user.id());
        }
    }

    public ResponseEntity<SignedIn> answer(CommandOutcome outcome, RefreshToken refreshToken, SignedInUser user) {
        var body = new SignedIn(
                tokens.issue(refreshToken.sessionId(), user),
                refreshToken.text(),
                "Bearer",
                config.accessTokenLife().toSeconds(),
                user);
        return Answers.secret(outcome, body);
    }
}
