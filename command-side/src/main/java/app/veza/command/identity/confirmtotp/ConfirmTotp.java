package app.veza.command.identity.confirmtotp;

import java.time.Instant;
import java.util.UUID;

/**
 * Sign in with codes from now on.
 *
 * @param code made with the secret that the person got last
 * @param recoveryHashes of the codes for when the device is lost
 * @param at the present
 */
record ConfirmTotp(UUID personId, String code, String recoveryHashes, Instant at) {

    /** Without what is secret. */
    @Override
    public String toString() {
        return "ConfirmTotp[personId=%s]".formatted(personId);
    }
}
