package app.veza.eventstore.personal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;

/** A master key of 256 bits that this process has itself; wraps with AES-256-GCM. */
public final class AesMasterKey implements MasterKey {

    static final int BYTES = 32;
    private static final int ID_BYTES = 8;

    private final AesGcm aes = new AesGcm();
    private final SecretKey key;
    private final String id;

    private AesMasterKey(byte[] key) {
        this.key = AesGcm.key(key);
        this.id = fingerprint(key);
    }

    /** @throws IllegalArgumentException when these are not 32 bytes in base64; the message does not repeat them */
    public static AesMasterKey parse(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            // Its message and cause would tell a part of the secret
            throw wrongShape();
        }
        if (key.length != BYTES) {
            throw wrongShape();
        }
        return new AesMasterKey(key);
    }

    /** A new key, as {@link #parse} takes it. */
    public static String generate() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public byte[] wrap(byte[] dataKey, byte[] context) {
        return aes.seal(key, context, dataKey);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] context) {
        try {
            return aes.open(key, context, wrapped);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalArgumentException("Not wrapped by master key " + id + " in this context", damaged);
        }
    }

    private static IllegalArgumentException wrongShape() {
        return new IllegalArgumentException(
                "A master key is 32 random bytes in base64, such as `openssl rand -base64 32` prints");
    }

    /** A part of the key's hash: tells keys apart, and nothing about them. */
    private static String fingerprint(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "AesMasterKey[" + id + "]";
    }
}
