package app.veza.command.identity.renewrecoverycodes;

import app.veza.command.identity.secondfactor.Proof;
import java.time.Instant;
import java.util.UUID;

/**
 * Have other codes for when the device is lost.
 *
 * @param recoveryHashes of the new ones
 * @param at the present
 */
record RenewRecoveryCodes(UUID personId, Proof proof, String recoveryHashes, Instant at) {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "RenewRecoveryCodes[personId=%s]".formatted(personId);
    }
}
