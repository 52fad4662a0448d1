package app.veza.command.identity.token;

import app.veza.command.http.Answers;
import app.veza.eventstore.command.CommandOutcome;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The answer of who signs in or goes on with a session. */
@Component
public final class SignInAnswers {

    private final AccessTokens tokens;

    public SignInAnswers(AccessTokens tokens) {
        this.tokens = tokens;
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

    /** @param sessionEnd when the session ends however often it is refreshed */
    public ResponseEntity<SignedIn> answer(
            CommandOutcome outcome, RefreshToken refreshToken, Instant sessionEnd, SignedInUser user) {
        AccessTokens.Issued access = tokens.issue(refreshToken.sessionId(), sessionEnd, user);
        var body = new SignedIn(
                access.token(), refreshToken.text(), "Bearer", access.life().toSeconds(), user);
        return Answers.secret(outcome, body);
    }
}
