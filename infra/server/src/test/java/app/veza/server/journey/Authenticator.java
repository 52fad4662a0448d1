package app.veza.server.journey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A person's authenticator app, as anybody could write one from RFC 6238. */
record Authenticator(String secret) {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** @param steps from the present one: a server takes the one before and the one after too */
    String code(int steps) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key(), "HmacSHA1"));
            long step = Instant.now().getEpochSecond() / 30 + steps;
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int truncated = ByteBuffer.wrap(hash).getInt(hash[19] & 0xF) & Integer.MAX_VALUE;
            return "%06d".formatted(truncated % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Eight characters of base32 are five bytes. */
    private byte[] key() {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < secret.length(); i += 8) {
            long group = 0;
            for (char character : secret.substring(i, i + 8).toCharArray()) {
                group = group << 5 | ALPHABET.indexOf(character);
            }
            bytes.write(ByteBuffer.allocate(Long.BYTES).putLong(group << 24).array(), 0, 5);
        }
        return bytes.toByteArray();
    }
}
