package app.veza.command.identity.secondfactor;

import app.veza.command.InvalidInput;
import app.veza.command.Rejection;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.InputCheck;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.SessionRejections;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.guesses.Guesses;
import app.veza.command.identity.password.Passwords;
import app.veza.command.identity.session.SessionRevocation;
import app.veza.eventstore.command.CommandOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has somebody who is signed in prove anew that it is them; who guesses is slowed down as at the log-in. */
@Component
public final class ProofCheck {

    private static final Duration RECENT = Duration.ofMinutes(10);

    private final Accounts accounts;
    private final Passwords passwords;
    private final Guesses guesses;
    private final SessionRevocation sessions;
    private final InstantSource clock;

    ProofCheck(
            Accounts accounts, Passwords passwords, Guesses guesses, SessionRevocation sessions, InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.guesses = guesses;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** @param code one that changes with the time, or a recovery code; either this or the password is needed */
    public record ProofBody(
            @Nullable String password, @Nullable String code) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "ProofBody[]";
        }
    }

    /**
     * Runs a command with the proof in it.
     *
     * @throws InvalidInput when the proof is none
     */
    public CommandOutcome run(
            Caller caller,
            Client client,
            CommandRequest request,
            ProofBody body,
            Function<Proof, CommandOutcome> command) {
        var input = new InputCheck();
        input.check(body.password() != null || body.code() != null, "", "needs a password or a code");
        input.verify();
        String pointer = body.code() == null ? "/password" : "/code";
        String given = input.required(pointer, body.code() == null ? body.password() : body.code());
        input.verify();
        try {
            return guesses.check(
                    Usernames.key(account(caller).username()),
                    client,
                    request.unrepeatable(),
                    () -> CredentialsChanged.retried(() -> {
                        String hash = account(caller).passwordHash();
                        boolean matches = body.code() == null && passwords.verify(given, hash);
                        return command.apply(new Proof(body.code(), hash, matches));
                    }));
        } catch (Rejection refused) {
            throw SessionRejections.isWrongGuess(refused) ? new InvalidInput(pointer, "is wrong") : refused;
        }
    }

    /**
     * For what opens the account from then on: a session that began a moment ago is enough, else the password is needed.
     *
     * @throws Rejection when neither is there
     * @throws InvalidInput when the password is wrong
     */
    public void requireRecent(Caller caller, Client client, CommandRequest request, @Nullable String password) {
        Instant recent = clock.instant().minus(RECENT);
        if (sessions.beginOf(caller.sessionId()).filter(recent::isBefore).isPresent()) {
            return;
        }
        if (password == null) {
            throw SessionRejections.proofRequired();
        }
        try {
            guesses.check(Usernames.key(account(caller).username()), client, request.unrepeatable(), () -> {
                if (!passwords.verify(password, account(caller).passwordHash())) {
                    throw SessionRejections.invalidCredentials();
                }
                return true;
            });
        } catch (Rejection refused) {
            throw SessionRejections.isWrongGuess(refused) ? new InvalidInput("/password", "is wrong") : refused;
        }
    }

    private Account account(Caller caller) {
        return accounts.byId(caller.personId())
                .orElseThrow(() -> Rejection.unauthenticated("This account was erased."));
    }
}
