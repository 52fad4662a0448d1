package app.veza.command.identity.openid;

import app.veza.command.Rejection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** External accounts that were proved a moment ago, each under a code that the person's browser was given: good once. */
public interface ProvenAccounts {

    /**
     * @param verifier what the challenge of the sign-in's beginning was made of, when it had one
     * @return empty when the code is not good, or no longer, or another program's
     */
    Optional<ExternalAccount> look(String code, @Nullable String verifier);

    /** Uses the code up. Whether it was still good. */
    boolean take(String code);

    /** @throws Rejection when the code is not good */
    default ExternalAccount require(String code, @Nullable String verifier) {
        return look(code, verifier).orElseThrow(ProvenAccounts::notGood);
    }

    /** @throws Rejection when the code was used meanwhile */
    default void requireTaken(String code) {
        if (!take(code)) {
            throw notGood();
        }
    }

    private static Rejection notGood() {
        return Rejection.unauthenticated("The code is not good, or no longer: begin the sign-in anew.");
    }
}
