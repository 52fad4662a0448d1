package app.veza.command.identity.secondfactor;

import app.veza.command.Rejection;
import app.veza.command.identity.Account;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.SessionRejections;
import app.veza.event.VezaEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person who is signed in proves anew that it is them with: the password, which was checked already, or a code.
 *
 * @param code null: the password was given
 * @param checkedHash the hash that the password was checked against
 * @param passwordMatches what came of it
 */
public record Proof(@Nullable String code, String checkedHash, boolean passwordMatches) {

    /**
     * What remembers the proof, which may be nothing.
     *
     * @throws Rejection a {@linkplain SessionRejections#isWrongGuess wrong guess} when it proves nothing
     */
    public List<VezaEvent> of(Account account, SecondFactor factor, Instant at) {
        if (code != null) {
            return List.of(factor.use(account.personId(), code, at).orElseThrow(SessionRejections::invalidTotp));
        }
        if (!account.passwordHash().equals(checkedHash)) {
            throw new CredentialsChanged();
        }
        if (!passwordMatches) {
            throw SessionRejections.invalidCredentials();
        }
        return List.of();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Proof[]";
    }
}
