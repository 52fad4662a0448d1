package app.veza.server.gateway;

import app.veza.server.node.Hmac;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.stores.Redis;
import io.lettuce.core.SetArgs;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What a browser opens a socket with, since it cannot send a header there. A ticket ends in access logs as part of the address:
 * so it is good once and for a short time only, and Redis knows it by a keyed hash.
 */
final class SocketTickets {

    static final Duration LIFE = Duration.ofSeconds(30);

    private static final int BYTES = 32;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Redis redis;
    private final String keyPrefix;
    private final Hmac hmac;
    private final SecureRandom random = new SecureRandom();

    SocketTickets(Redis redis, NodeConfig node, PlatformKey platformKey) {
        this.redis = redis;
        this.keyPrefix = node.redis().keyPrefix() + "ws-ticket:";
        this.hmac = new Hmac(platformKey.bytes());
    }

    /** Whose a ticket is. */
    record Owner(UUID personId, UUID sessionId) {}

    /** @throws io.lettuce.core.RedisException when Redis is away */
    String issue(Owner owner) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = TEXT.encodeToString(bytes);
        String set = redis.connection()
                .sync()
                .set(
                        redisKey(ticket),
                        owner.personId() + " " + owner.sessionId(),
                        SetArgs.Builder.nx().ex(LIFE));
        if (set == null) {
            throw new IllegalStateException("A ticket of " + BYTES + " random bytes was there before");
        }
        return ticket;
    }

    /**
     * Whose it is, once; whether their session is still open is not looked at.
     *
     * @throws io.lettuce.core.RedisException when Redis is away
     */
    Optional<Owner> redeem(String ticket) {
        String owner = redis.connection().sync().getdel(redisKey(ticket));
        if (owner == null) {
            return Optional.empty();
        }
        int gap = owner.indexOf(' ');
        return Optional.of(
                new Owner(UUID.fromString(owner.substring(0, gap)), UUID.fromString(owner.substring(gap + 1))));
    }

    private String redisKey(String ticket) {
        return keyPrefix + TEXT.encodeToString(hmac.of("ws-ticket", ticket));
    }
}
