package app.veza.command.identity.secondfactor;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/**
 * Codes that change with the time: RFC 6238 with HMAC-SHA-1, six digits and steps of 30 seconds, the one choice that every
 * authenticator app understands.
 */
public final class Totp {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MAC = "HmacSHA1";
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int SECRET_BYTES = 20;
    private static final int MODULUS = 1_000_000;

    /** A code of the step before or after is good too: clocks differ, and typing takes time. */
    private static final int DRIFT = 1;

    private Totp() {}

    /** 160 random bits in base32, 32 characters. */
    public static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new String(Base32.encode(secret), StandardCharsets.US_ASCII);
    }

    /** What an app reads from a QR code. A username is of characters that need no escape. */
    public static URI uri(String secret, String username) {
        return URI.create("otpauth://totp/Veza:%s?secret=%s&issuer=Veza&algorithm=SHA1&digits=6&period=30"
                .formatted(username, secret));
    }

    /**
     * The step whose code this is, near the present.
     *
     * @param after a step: no code up to it is good, for it may have been seen
     */
    static OptionalLong stepOf(String secret, String code, Instant at, long after) {
        byte[] key = Base32.decode(secret);
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        long present = at.getEpochSecond() / STEP.toSeconds();
        OptionalLong found = OptionalLong.empty();
        for (long step = present - DRIFT; step <= present + DRIFT; step++) {
            byte[] good = "%06d".formatted(truncated(key, step) % MODULUS).getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(good, given) && step > after) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** RFC 4226, section 5.3: 31 bits of the HMAC, from where its last four bits point to. */
    static int truncated(byte[] key, long step) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            return ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xF) & Integer.MAX_VALUE;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + MAC, e);
        }
    }
}
