package app.veza.eventstore.axon;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps personal values out of tags. A value under a personal key is replaced by its HMAC-SHA256 under a platform key, over
 * tag key and value, in what is appended and in what is looked for alike: equal values stay equal and nothing else can be
 * told from them.
 */
public final class PersonalTags {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_SECRET_BYTES = 16;

    /** No tag is personal. */
    public static final PersonalTags NONE = new PersonalTags(Set.of(), new byte[LEAST_SECRET_BYTES]);

    private final Set<String> keys;
    private final SecretKey secret;

    /**
     * @param keys the tag keys whose values are personal
     * @param secret the platform key, the same for the life of the log: with another one no personal tag is found again
     */
    public PersonalTags(Set<String> keys, byte[] secret) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("The platform key has less than %d bytes".formatted(LEAST_SECRET_BYTES));
        }
        this.keys = Set.copyOf(keys);
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The value as it may stand in the log: 43 characters of base64url when its key is personal, itself otherwise. */
    public String storedValue(String key, String value) {
        return keys.contains(key) ? hash(key, value) : value;
    }

    private String hash(String key, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(key.getBytes(StandardCharsets.UTF_8));
            // Between the two, so that ("ab", "c") and ("a", "bc") differ
            mac.update((byte) 0);
            mac.update(value.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
