package app.veza.command.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Instant;
import java.util.Date;

/**
 * An RS256 key of access tokens.
 *
 * @param jwk with its private part, {@code kid}, {@code iat} and, unless it signed from the beginning, {@code nbf}
 */
record SigningKey(RSAKey jwk) {

    /** Of new keys: 128 bits of security (NIST SP 800-57). */
    static final int BITS = 3072;

    /** Of keys that were made once, or come from elsewhere. */
    static final int LEAST_BITS = 2048;

    /** @param signsFrom when every verifier will know it */
    static SigningKey generate(Instant now, Instant signsFrom) {
        try {
            return new SigningKey(new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .issueTime(Date.from(now))
                    .notBeforeTime(Date.from(signsFrom))
                    .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("No RSA key could be made", e);
        }
    }

    String id() {
        return jwk.getKeyID();
    }

    Instant signsFrom() {
        Date from = jwk.getNotBeforeTime() == null ? jwk.getIssueTime() : jwk.getNotBeforeTime();
        return from.toInstant();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SigningKey[" + id() + "]";
    }
}
