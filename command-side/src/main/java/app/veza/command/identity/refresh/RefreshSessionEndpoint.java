package app.veza.command.identity.refresh;

import app.veza.command.CommandSideConfig;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.SessionRejections;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.command.identity.token.RefreshToken;
import app.veza.command.identity.token.SignInAnswers;
import app.veza.command.identity.token.SignedInUser;
import app.veza.event.identity.SessionRefreshed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RefreshSessionEndpoint {

    private final Commands commands;
    private final Accounts accounts;
    private final SessionRevocation sessions;
    private final SignInAnswers answers;
    private final CommandSideConfig config;
    private final InstantSource clock;

    RefreshSessionEndpoint(
            Commands commands,
            Accounts accounts,
            SessionRevocation sessions,
            SignInAnswers answers,
            CommandSideConfig config,
            InstantSource clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.sessions = sessions;
        this.answers = answers;
        this.config = config;
        this.clock = clock;
    }

    record Body(@Required @Nullable String refreshToken) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @PostMapping("/auth/refresh")
    ResponseEntity<SignInAnswers.SignedIn> refresh(CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        String text = input.required("/refreshToken", body.refreshToken());
        input.verify();
        RefreshToken presented = RefreshToken.parse(text).orElseThrow(SessionRejections::invalidRefreshToken);
        Instant now = clock.instant();
        requireUse(presented.sessionId(), now);
        RefreshToken next = RefreshToken.create(presented.sessionId());
        var outcome = commands.run(
                new RefreshSession(presented.sessionId(), presented.hash(), next.hash(), now), request.unrepeatable());
        SessionRefreshed refreshed =
                outcome.event(SessionRefreshed.class).orElseThrow(SessionRejections::invalidRefreshToken);
        return answers.answer(
                outcome,
                next,
                sessions.endOf(presented.sessionId()).orElseThrow(SessionRejections::invalidRefreshToken),
                SignedInUser.of(accounts.byId(refreshed.personId()).orElseThrow()));
    }

    /** Here and not in the decision, which sees events without their time: what others do meanwhile only makes a session younger. */
    private void requireUse(UUID session, Instant now) {
        if (sessions.lastRefreshOf(session)
                .filter(last -> !now.isBefore(last.plus(config.idleLife())))
                .isPresent()) {
            throw SessionRejections.invalidRefreshToken();
        }
    }
}
