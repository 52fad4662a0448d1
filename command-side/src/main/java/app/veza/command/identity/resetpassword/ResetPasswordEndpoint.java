package app.veza.command.identity.resetpassword;

import app.veza.command.History;
import app.veza.command.http.Answers;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.LoginDelays;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.password.PasswordRules;
import app.veza.command.identity.password.Passwords;
import app.veza.command.identity.session.ManySessions;
import app.veza.command.identity.token.MailedToken;
import app.veza.command.identity.token.MailedToken.Purpose;
import app.veza.command.identity.token.MailedTokenRejections;
import app.veza.command.identity.token.MailedTokens;
import app.veza.event.VezaEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ResetPasswordEndpoint {

    private final Commands commands;
    private final Accounts accounts;
    private final History history;
    private final MailedTokens tokens;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final ManySessions sessions;
    private final ResetPasswordHandler handler;
    private final LoginDelays delays;
    private final InstantSource clock;

    ResetPasswordEndpoint(
            Commands commands,
            Accounts accounts,
            History history,
            MailedTokens tokens,
            Passwords passwords,
            PasswordRules rules,
            ManySessions sessions,
            ResetPasswordHandler handler,
            LoginDelays delays,
            InstantSource clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.history = history;
        this.tokens = tokens;
        this.passwords = passwords;
        this.rules = rules;
        this.sessions = sessions;
        this.handler = handler;
        this.delays = delays;
        this.clock = clock;
    }

    /** @param token as it came by mail */
    record Body(
            @Required @Nullable String token,

            @Limits(min = PasswordRules.MIN_LENGTH, max = PasswordRules.MAX_LENGTH) @Required @Nullable
            String newPassword) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/auth/password/reset")
    ResponseEntity<Void> reset(CommandRequest request, HttpServletRequest http, @RequestBody Body body) {
        var input = new InputCheck();
        String text = input.required("/token", body.token());
        String password = rules.check(input, "/newPassword", body.newPassword());
        input.verify();
        MailedToken token =
                tokens.read(Purpose.RESET_PASSWORD, text.strip()).orElseThrow(MailedTokenRejections::notGood);
        Account account = accounts.byId(token.personId()).orElseThrow(MailedTokenRejections::notGood);
        var command = new ResetPassword(token.personId(), token.requestId(), "", clock.instant());
        // A spent token is refused before it costs a hashing
        ResetPasswordHandler.State state = handler.initial();
        for (VezaEvent event : history.read(handler.boundary(command).orElseThrow())) {
            state = handler.evolve(state, event);
        }
        handler.decide(command, state);
        // Only now: whose names they are is for who got the mail to know
        rules.check(input, "/newPassword", body.newPassword(), account.username(), account.email());
        input.verify();
        sessions.endMost(token.personId(), null, request.unrepeatable());
        var outcome = commands.run(
                new ResetPassword(token.personId(), token.requestId(), passwords.hash(password), clock.instant()),
                request.unrepeatable());
        // Whoever guesses meanwhile keeps the owner out no longer: not from where they are
        delays.succeeded(Usernames.key(account.username()), Client.of(http).address());
        return Answers.noContent(outcome);
    }
}
