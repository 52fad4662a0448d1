package app.veza.command.identity.secondfactor;

import app.veza.command.InvalidInput;
import app.veza.command.Rejection;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.InputCheck;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.LoginDelays;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.password.Passwords;
import app.veza.event.identity.LoginFailed;
import app.veza.eventstore.command.CommandOutcome;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has somebody who is signed in prove anew that it is them; who guesses is slowed down as at the log-in. */
@Component
public final class ProofCheck {

    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginDelays delays;

    ProofCheck(Accounts accounts, Passwords passwords, LoginDelays delays) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.delays = delays;
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
     * Runs a command with the proof in it. It has failed when it appended {@link LoginFailed}.
     *
     * @throws InvalidInput when the proof is none
     */
    public CommandOutcome run(Caller caller, Client client, ProofBody body, Function<Proof, CommandOutcome> command) {
        var input = new InputCheck();
        input.check(body.password() != null || body.code() != null, "", "needs a password or a code");
        input.verify();
        String pointer = body.code() == null ? "/password" : "/code";
        String given = input.required(pointer, body.code() == null ? body.password() : body.code());
        input.verify();
        return CredentialsChanged.retried(() -> {
            Account account = accounts.byId(caller.personId())
                    .orElseThrow(() -> Rejection.unauthenticated("This account was erased."));
            String usernameKey = Usernames.key(account.username());
            delays.require(usernameKey, client.address());
            boolean matches = body.code() == null && passwords.verify(given, account.passwordHash());
            CommandOutcome outcome = command.apply(new Proof(body.code(), account.passwordHash(), matches));
            if (outcome.event(LoginFailed.class).isPresent()) {
                delays.failed(usernameKey, client.address());
                throw new InvalidInput(pointer, "is wrong");
            }
            delays.succeeded(usernameKey, client.address());
            return outcome;
        });
    }
}
