package app.veza.server.openid;

import app.veza.command.Overloaded;
import app.veza.server.node.Hmac;
import app.veza.server.node.PlatformKey;
import app.veza.stores.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Texts that whoever holds their code gets once, for a short time, from any node. Redis knows neither code nor text: it has an HMAC of the
 * one, and the other encrypted with a key that is made of the code.
 */
final class SealedOnce {

    private static final int CODE_BYTES = 32;
    private static final int TAG_BITS = 128;

    /** Each key encrypts one text, so it needs no other. */
    private static final byte[] NONCE = new byte[12];

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Redis redis;
    private final String prefix;
    private final Duration life;
    private final Hmac hmac;
    private final SecureRandom random = new SecureRandom();

    SealedOnce(Redis redis, String prefix, Duration life, PlatformKey key) {
        this.redis = redis;
        this.prefix = prefix;
        this.life = life;
        this.hmac = new Hmac(key.bytes());
    }

    /** Returns the code: 43 characters of base64url. */
    String put(String text) {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, code, text.getBytes(StandardCharsets.UTF_8));
        asking(() -> redis.connection()
                .sync()
                .set(
                        name(code),
                        Base64.getEncoder().encodeToString(sealed),
                        SetArgs.Builder.nx().ex(life)));
        return code;
    }

    /** Leaves it there. */
    Optional<String> look(String code) {
        return open(
                code, asking(() -> Optional.ofNullable(redis.connection().sync().get(name(code)))));
    }

    /** The first who asks gets it. */
    Optional<String> take(String code) {
        return open(
                code, asking(() -> Optional.ofNullable(redis.connection().sync().getdel(name(code)))));
    }

    private Optional<String> open(String code, Optional<String> sealed) {
        return sealed.map(text -> new String(
                cipher(Cipher.DECRYPT_MODE, code, Base64.getDecoder().decode(text)), StandardCharsets.UTF_8));
    }

    private String name(String code) {
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(mac("name", code));
    }

    private byte[] cipher(int mode, String code, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(mac("seal", code), "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("What lies in Redis was not sealed by this platform", e);
        }
    }

    private byte[] mac(String purpose, String code) {
        return hmac.of(prefix + purpose, code);
    }

    private interface Question<T> {
        T ask();
    }

    private static <T> T asking(Question<T> question) {
        try {
            return question.ask();
        } catch (RedisException away) {
            throw new Overloaded("Nobody can sign in through a provider while Redis is away.", RETRY_AFTER);
        }
    }
}
