package app.veza.command.identity.removetotp;

import app.veza.command.identity.secondfactor.Proof;
import java.time.Instant;
import java.util.UUID;

/**
 * Sign in with the password alone again.
 *
 * @param at the present
 */
record RemoveTotp(UUID personId, Proof proof, Instant at) {

    /** Without what is personal. */
    @Override
    public String toString() {
        return "RemoveTotp[personId=%s]".formatted(personId);
    }
}
