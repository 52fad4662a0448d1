package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The hash that ties an append to everything before it: SHA-256(previous hash, first position, count, subject, our headers
 * sorted by name, body). Lengths go in before what varies, so no two appends share an input.
 */
final class Chain {
    static final int LENGTH = 32;
    private static final byte[] GENESIS = new byte[LENGTH];
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Chain::newDigest);

    private Chain() {}

    /** What the first append of a log calls its predecessor. */
    static byte[] genesis() {
        return GENESIS;
    }

    static byte[] next(byte[] previous, long firstPosition, EncodedAppend append) {
        byte[] subject = append.subject().getBytes(StandardCharsets.US_ASCII);
        var fixed = ByteBuffer.allocate(LENGTH + 8 + 4 + 12);
        fixed.put(previous)
                .putLong(firstPosition)
                .putInt(append.count())
                .putInt(subject.length)
                .putInt(append.headers().length)
                .putInt(append.body().length);
        MessageDigest digest = SHA_256.get();
        digest.update(fixed.array());
        digest.update(subject);
        digest.update(append.headers());
        return digest.digest(append.body());
    }

    static byte[] sha256(byte[] bytes) {
        return SHA_256.get().digest(bytes);
    }

    static String text(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    static byte[] parse(String text) {
        byte[] hash = Base64.getUrlDecoder().decode(text);
        if (hash.length != LENGTH) {
            throw new IllegalArgumentException("not a SHA-256: " + text);
        }
        return hash;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
