package app.veza.server.security;

import app.veza.command.identity.LoginDelays;
import app.veza.server.node.Hmac;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.server.ratelimit.AddressKeys;
import app.veza.stores.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Delays that all nodes keep together, in Redis under keyed hashes of names and addresses. What is beyond the free failures of an hour
 * doubles the wait. With Redis away nobody is kept out: the queue of password hashing then bounds what can be tried.
 */
@Component
final class RedisLoginDelays implements LoginDelays {

    private static final Logger log = LoggerFactory.getLogger(RedisLoginDelays.class);
    private static final Duration COUNTED_FOR = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration KNOWN_FOR = Duration.ofDays(30);

    /** Wrong passwords that cost nothing: of one account from one address, of one from everywhere, of all from one address. */
    private static final int FREE_PAIR = 5;

    private static final int FREE_ACCOUNT = 20;
    private static final int FREE_ADDRESS = 100;

    private final Redis redis;
    private final String prefix;
    private final Hmac hmac;
    private final AddressKeys addresses;

    RedisLoginDelays(Redis redis, NodeConfig node, PlatformKey key) {
        this.redis = redis;
        this.prefix = node.redis().keyPrefix() + "login:";
        this.hmac = new Hmac(key.bytes());
        this.addresses = new AddressKeys(key.bytes());
    }

    @Override
    public Duration before(String usernameKey, String address) {
        try {
            var commands = redis.connection().sync();
            long wait = commands.pttl(wait(pair(usernameKey, address)));
            long others = Math.max(commands.pttl(wait(account(usernameKey))), commands.pttl(wait(address(address))));
            if (others > wait && commands.exists(known(usernameKey, address)) == 0) {
                wait = others;
            }
            return Duration.ofMillis(Math.max(0, wait));
        } catch (RedisException away) {
            log.warn("Wrong passwords are not counted while Redis is away: {}", away.getMessage());
            return Duration.ZERO;
        }
    }

    @Override
    public Duration failed(String usernameKey, String address) {
        try {
            count(pair(usernameKey, address), FREE_PAIR);
            count(account(usernameKey), FREE_ACCOUNT);
            count(address(address), FREE_ADDRESS);
            return before(usernameKey, address);
        } catch (RedisException away) {
            log.warn("A wrong password is not counted while Redis is away: {}", away.getMessage());
            return Duration.ZERO;
        }
    }

    @Override
    public void succeeded(String usernameKey, String address) {
        try {
            var commands = redis.connection().sync();
            commands.del(failures(pair(usernameKey, address)));
            commands.set(known(usernameKey, address), "", SetArgs.Builder.ex(KNOWN_FOR));
        } catch (RedisException away) {
            log.warn("A right password is not noted while Redis is away: {}", away.getMessage());
        }
    }

    private void count(String what, int free) {
        var commands = redis.connection().sync();
        // An hour from the first: were it from the last, who guesses now and then would keep it for ever
        commands.set(failures(what), "0", SetArgs.Builder.nx().ex(COUNTED_FOR));
        long failures = commands.incr(failures(what));
        if (failures >= free) {
            long seconds = Math.min(1L << Math.min(failures - free, 30), LONGEST.toSeconds());
            commands.set(wait(what), "", SetArgs.Builder.ex(seconds));
        }
    }

    private String pair(String usernameKey, String address) {
        return "pair:" + hash(usernameKey, addresses.of(address));
    }

    private String account(String usernameKey) {
        return "account:" + hash(usernameKey);
    }

    private String address(String address) {
        return "address:" + addresses.of(address);
    }

    private String failures(String what) {
        return prefix + "failures:" + what;
    }

    private String wait(String what) {
        return prefix + "wait:" + what;
    }

    /** That this account's right password came from this address. */
    private String known(String usernameKey, String address) {
        return prefix + "known:" + hash(usernameKey, addresses.of(address));
    }

    private String hash(String... parts) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac.of("login", String.join("\0", parts)));
    }
}
