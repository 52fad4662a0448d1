package app.veza.command.identity.changepassword;

import app.veza.command.InvalidInput;
import app.veza.command.Rejection;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.SessionRejections;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.guesses.Guesses;
import app.veza.command.identity.password.PasswordRules;
import app.veza.command.identity.password.Passwords;
import app.veza.command.identity.session.ManySessions;
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
final class ChangePasswordEndpoint {

    private final Commands commands;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Guesses guesses;
    private final ManySessions sessions;
    private final InstantSource clock;

    ChangePasswordEndpoint(
            Commands commands,
            Accounts accounts,
            Passwords passwords,
            PasswordRules rules,
            Guesses guesses,
            ManySessions sessions,
            InstantSource clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.guesses = guesses;
        this.sessions = sessions;
        this.clock = clock;
    }

    record Body(
            @Required @Nullable String currentPassword,

            @Limits(min = PasswordRules.MIN_LENGTH, max = PasswordRules.MAX_LENGTH) @Required @Nullable
            String newPassword) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/auth/password")
    ResponseEntity<Void> change(
            Caller caller, CommandRequest request, HttpServletRequest http, @RequestBody Body body) {
        Account account = accounts.byId(caller.personId())
                .orElseThrow(() -> Rejection.unauthenticated("This account was erased."));
        var input = new InputCheck();
        String current = input.required("/currentPassword", body.currentPassword());
        String next = rules.check(input, "/newPassword", body.newPassword(), account.username(), account.email());
        input.verify();
        try {
            return guesses.check(
                    Usernames.key(account.username()),
                    Client.of(http),
                    request.unrepeatable(),
                    () -> CredentialsChanged.retried(() -> change(caller, request, current, next)));
        } catch (Rejection refused) {
            throw SessionRejections.isWrongGuess(refused) ? new InvalidInput("/currentPassword", "is wrong") : refused;
        }
    }

    private ResponseEntity<Void> change(Caller caller, CommandRequest request, String current, String next) {
        Account account = accounts.byId(caller.personId()).orElseThrow();
        boolean matches = passwords.verify(current, account.passwordHash());
        if (matches) {
            sessions.endMost(caller.personId(), caller.sessionId(), request.unrepeatable());
        }
        return Answers.noContent(commands.run(
                new ChangePassword(
                        caller.personId(),
                        caller.sessionId(),
                        account.passwordHash(),
                        matches,
                        // Not for who has not proved anything: it costs as much as the check
                        matches ? passwords.hash(next) : "",
                        clock.instant()),
                request.unrepeatable()));
    }
}
