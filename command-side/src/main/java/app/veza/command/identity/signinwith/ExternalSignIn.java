package app.veza.command.identity.signinwith;

import app.veza.command.CommandSideConfig;
import app.veza.command.Ids;
import app.veza.command.Rejection;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.Emails;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.guesses.Guesses;
import app.veza.command.identity.openid.ExternalAccount;
import app.veza.command.identity.openid.ExternalAccounts;
import app.veza.command.identity.openid.UsernameWish;
import app.veza.command.identity.password.Passwords;
import app.veza.command.identity.token.RefreshToken;
import app.veza.command.identity.token.SignInAnswers;
import app.veza.command.identity.token.SignedInUser;
import app.veza.event.identity.LoggedIn;
import app.veza.eventstore.command.CommandOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Begins sessions of people whom a provider vouched for. */
@Component
public final class ExternalSignIn {

    private static final int DISPLAY_NAME_LENGTH = 80;

    private final Commands commands;
    private final Accounts accounts;
    private final ExternalAccounts external;
    private final Guesses guesses;
    private final SignInAnswers answers;
    private final CommandSideConfig config;
    private final InstantSource clock;

    ExternalSignIn(
            Commands commands,
            Accounts accounts,
            ExternalAccounts external,
            Guesses guesses,
            SignInAnswers answers,
            CommandSideConfig config,
            InstantSource clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.external = external;
        this.guesses = guesses;
        this.answers = answers;
        this.config = config;
        this.clock = clock;
    }

    /** @param code for who signs in with codes too, null when none was given */
    public ResponseEntity<SignInAnswers.SignedIn> signIn(
            CommandRequest request, Client client, ExternalAccount account, @Nullable String code) {
        Supplier<ResponseEntity<SignInAnswers.SignedIn>> signedIn =
                () -> CredentialsChanged.retried(() -> attempt(request, client, account, code));
        Optional<Account> owner = owner(account);
        return code == null || owner.isEmpty()
                ? signedIn.get()
                : guesses.check(Usernames.key(owner.get().username()), client, request.unrepeatable(), signedIn);
    }

    private ResponseEntity<SignInAnswers.SignedIn> attempt(
            CommandRequest request, Client client, ExternalAccount account, @Nullable String code) {
        RefreshToken refreshToken = RefreshToken.create(Ids.next());
        Instant now = clock.instant();
        var command = new SignInWith(
                account,
                owner(account).map(Account::personId).orElse(null),
                code,
                opening(account),
                refreshToken.sessionId(),
                refreshToken.hash(),
                now.plus(config.sessionLife()),
                client,
                now);
        CommandOutcome outcome = commands.run(command, request.unrepeatable());
        UUID person = outcome.event(LoggedIn.class).orElseThrow().personId();
        return answers.answer(
                outcome,
                refreshToken,
                command.expiresAt(),
                SignedInUser.of(accounts.byId(person).orElseThrow()));
    }

    private Optional<Account> owner(ExternalAccount account) {
        return external.ownerOf(account).flatMap(accounts::byId);
    }

    private static SignInWith.Opening opening(ExternalAccount account) {
        String email = account.email() != null && Emails.isValid(account.email()) ? account.email() : "";
        return new SignInWith.Opening(
                Ids.next(),
                UsernameWish.of(account),
                displayName(account),
                email,
                email.isEmpty() ? "" : Emails.key(email),
                Passwords.hashOfNone(),
                Ids.next());
    }

    /** Null when what the provider says cannot be one here. */
    private static @Nullable String displayName(ExternalAccount account) {
        try {
            var input = new InputCheck();
            String name = input.optionalLine("/displayName", account.displayName(), DISPLAY_NAME_LENGTH);
            input.verify();
            return name;
        } catch (Rejection unusable) {
            return null;
        }
    }
}
