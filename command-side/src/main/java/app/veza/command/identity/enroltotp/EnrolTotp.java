package app.veza.command.identity.enroltotp;

import java.util.UUID;

/**
 * Get ready to sign in with codes.
 *
 * @param secret that they will be made with, base32
 */
record EnrolTotp(UUID personId, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "EnrolTotp[personId=%s]".formatted(personId);
    }
}
