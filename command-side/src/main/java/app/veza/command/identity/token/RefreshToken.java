package app.veza.command.identity.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The secret that goes on with a session: base64url of the session's id (16 bytes) and of a secret (32 random bytes).
 *
 * @param text as the client holds it
 */
public record RefreshToken(UUID sessionId, String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int TEXT_LENGTH = 64;

    public static RefreshToken create(UUID sessionId) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        byte[] token = ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
                .putLong(sessionId.getMostSignificantBits())
                .putLong(sessionId.getLeastSignificantBits())
                .put(secret)
                .array();
        return new RefreshToken(
                sessionId, Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }

    /** Empty when the text cannot be a refresh token. Whether it is a good one is for the session's history to say. */
    public static Optional<RefreshToken> parse(String text) {
        if (text.length() != TEXT_LENGTH || !text.matches("[A-Za-z0-9_-]*")) {
            return Optional.empty();
        }
        ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        return Optional.of(new RefreshToken(new UUID(token.getLong(), token.getLong()), text));
    }

    /** SHA-256, base64url: all that is kept of it. Its 256 random bits need no slow hash. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getUrlDecoder().decode(text));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "RefreshToken[sessionId=%s]".formatted(sessionId);
    }
}
