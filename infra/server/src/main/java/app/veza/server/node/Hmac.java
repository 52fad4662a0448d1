package app.veza.server.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under a secret that all nodes share. */
public final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public Hmac(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * @param purpose keeps hashes of different meaning apart; without the character 0
     * @return 32 bytes
     */
    public byte[] of(String purpose, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((purpose + "\0").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(content);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", missing);
        }
    }

    /** Of its UTF-8. */
    public byte[] of(String purpose, String content) {
        return of(purpose, content.getBytes(StandardCharsets.UTF_8));
    }
}
