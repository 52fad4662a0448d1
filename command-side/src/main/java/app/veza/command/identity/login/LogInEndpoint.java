package app.veza.command.identity.login;

import app.veza.command.CommandSideConfig;
import app.veza.command.Ids;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.guesses.Guesses;
import app.veza.command.identity.password.Passwords;
import app.veza.command.identity.token.RefreshToken;
import app.veza.command.identity.token.SignInAnswers;
import app.veza.command.identity.token.SignedInUser;
import app.veza.eventstore.command.CommandOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LogInEndpoint {

    private final Commands commands;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Guesses guesses;
    private final SignInAnswers answers;
    private final CommandSideConfig config;
    private final InstantSource clock;

    LogInEndpoint(
            Commands commands,
            Accounts accounts,
            Passwords passwords,
            Guesses guesses,
            SignInAnswers answers,
            CommandSideConfig config,
            InstantSource clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.passwords = passwords;
        this.guesses = guesses;
        this.answers = answers;
        this.config = config;
        this.clock = clock;
    }

    /** @param totp of who signs in with codes: one that changes with the time, or a recovery code */
    record Body(
            @Required @Nullable String username,
            @Required @Nullable String password,
            @Nullable String totp) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @PostMapping("/auth/login")
    ResponseEntity<SignInAnswers.SignedIn> logIn(
            CommandRequest request, HttpServletRequest http, @RequestBody Body body) {
        var input = new InputCheck();
        String usernameKey = Usernames.key(input.required("/username", body.username()));
        String password = input.required("/password", body.password());
        input.verify();
        passwords.requireRoom();
        Client client = Client.of(http);
        return guesses.check(
                usernameKey,
                client,
                request.unrepeatable(),
                () -> CredentialsChanged.retried(() -> attempt(request, client, usernameKey, password, body.totp())));
    }

    private ResponseEntity<SignInAnswers.SignedIn> attempt(
            CommandRequest request, Client client, String usernameKey, String password, @Nullable String code) {
        Optional<Account> account = accounts.byUsername(usernameKey);
        String hash = account.map(Account::passwordHash).orElse(null);
        boolean matches = passwords.verify(password, hash);
        RefreshToken refreshToken = RefreshToken.create(Ids.next());
        Instant now = clock.instant();
        var command = new LogIn(
                usernameKey,
                account.map(Account::personId).orElse(null),
                hash,
                matches,
                code,
                refreshToken.sessionId(),
                refreshToken.hash(),
                now.plus(config.sessionLife()),
                client.address(),
                client.agent(),
                now);
        CommandOutcome outcome = commands.run(command, request.unrepeatable());
        return answers.answer(outcome, refreshToken, command.expiresAt(), SignedInUser.of(account.orElseThrow()));
    }
}
