package app.veza.command.identity.token;

import app.veza.command.CommandSideConfig;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What lets whoever has it read the certificate of an erasure: base64url of the person's id (16 bytes), the erasure's position (8
 * bytes) and an HMAC of both. It can be kept and shown for ever, and nobody else can make one.
 */
@Component
public final class ErasureTokens {

    private static final String PURPOSE = "erasure-certificate";
    private static final int CONTENT_BYTES = 24;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{75}");

    private final TokenMac mac;

    public ErasureTokens(CommandSideConfig config) {
        this.mac = new TokenMac(config.platformKey());
    }

    /** @param position of the event */
    public record Erased(UUID personId, long position) {}

    public String write(UUID personId, long position) {
        byte[] content = ByteBuffer.allocate(CONTENT_BYTES)
                .putLong(personId.getMostSignificantBits())
                .putLong(personId.getLeastSignificantBits())
                .putLong(position)
                .array();
        byte[] token = ByteBuffer.allocate(CONTENT_BYTES + TokenMac.BYTES)
                .put(content)
                .put(mac.of(PURPOSE, content))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Empty when we did not write it. */
    public Optional<Erased> read(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        byte[] token = Base64.getUrlDecoder().decode(text);
        byte[] content = Arrays.copyOf(token, CONTENT_BYTES);
        byte[] presented = Arrays.copyOfRange(token, CONTENT_BYTES, token.length);
        if (!MessageDigest.isEqual(presented, mac.of(PURPOSE, content))) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(content);
        return Optional.of(new Erased(new UUID(read.getLong(), read.getLong()), read.getLong()));
    }
}
