package app.veza.command.identity.token;

import app.veza.command.CommandSideConfig;
import app.veza.command.identity.token.MailedToken.Purpose;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Writes and reads the secrets that are sent by mail: base64url of the person's id, the request's id (16 bytes each) and an
 * HMAC-SHA256 of both and of the purpose under the platform's key. So the same mail can be made again from its event, and neither
 * the log nor a queue of mails ever holds a secret. Whether a token is still good is for the history of its request to say.
 */
@Component
public final class MailedTokens {

    private static final int ID_BYTES = 16;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{86}");

    private final TokenMac mac;

    public MailedTokens(CommandSideConfig config) {
        this.mac = new TokenMac(config.platformKey());
    }

    public String write(MailedToken token) {
        byte[] ids = ids(token.personId(), token.requestId());
        byte[] bytes = ByteBuffer.allocate(ids.length + TokenMac.BYTES)
                .put(ids)
                .put(mac(token.purpose(), ids))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty when nobody but us could have written it for this purpose, and nobody did. */
    public Optional<MailedToken> read(Purpose purpose, String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        byte[] ids = Arrays.copyOf(bytes, 2 * ID_BYTES);
        byte[] presented = Arrays.copyOfRange(bytes, ids.length, bytes.length);
        if (!MessageDigest.isEqual(presented, mac(purpose, ids))) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(ids);
        return Optional.of(new MailedToken(
                purpose, new UUID(read.getLong(), read.getLong()), new UUID(read.getLong(), read.getLong())));
    }

    private static byte[] ids(UUID person, UUID request) {
        return ByteBuffer.allocate(2 * ID_BYTES)
                .putLong(person.getMostSignificantBits())
                .putLong(person.getLeastSignificantBits())
                .putLong(request.getMostSignificantBits())
                .putLong(request.getLeastSignificantBits())
                .array();
    }

    private byte[] mac(Purpose purpose, byte[] ids) {
        return mac.of("mailed-token\0" + purpose.name(), ids);
    }
}
