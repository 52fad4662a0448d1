package app.veza.server.security;

import app.veza.command.identity.LoginDelays;
import app.veza.server.node.Hmac;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.server.ratelimit.AddressKeys;
import app.veza.stores.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
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

    /** So many times as long as a session lives at most: who stays signed in gives the password that seldom. */
    private static final int KNOWN_FOR_SESSIONS = 3;

    private static final int MOST_PLACES = 50;

    /** Wrong passwords that cost nothing: of one account from one address, of one from everywhere, of all from one address. */
    private static final int FREE_PAIR = 5;

    private static final int FREE_ACCOUNT = 20;
    private static final int FREE_ADDRESS = 100;

    private final Redis redis;
    private final String prefix;
    private final Hmac hmac;
    private final AddressKeys addresses;
    private final Duration knownFor;

    RedisLoginDelays(Redis redis, NodeConfig node, PlatformKey key) {
        this.redis = redis;
        this.prefix = node.redis().keyPrefix() + "login:";
        this.hmac = new Hmac(key.bytes());
        this.addresses = new AddressKeys(key.bytes());
        this.knownFor = node.tokens().sessionLife().multipliedBy(KNOWN_FOR_SESSIONS);
    }

    @Override
    public Duration before(String usernameKey, String address) {
        try {
            var commands = redis.connection().sync();
            long wait = commands.pttl(wait(pair(usernameKey, address)));
            long others = Math.max(commands.pttl(wait(account(usernameKey))), commands.pttl(wait(address(address))));
            if (others > wait && !isKnown(commands, usernameKey, address)) {
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
            String places = places(usernameKey);
            commands.zadd(places, Instant.now().getEpochSecond(), addresses.of(address));
            commands.zremrangebyrank(places, 0, -MOST_PLACES - 1);
            commands.expire(places, knownFor);
        } catch (RedisException away) {
            log.warn("A right password is not noted while Redis is away: {}", away.getMessage());
        }
    }

    @Override
    public void forget(String usernameKey) {
        try {
            String account = account(usernameKey);
            redis.connection().sync().del(places(usernameKey), failures(account), wait(account));
        } catch (RedisException away) {
            log.warn("Where somebody came in from who is erased ends by itself only: {}", away.getMessage());
        }
    }

    private boolean isKnown(RedisCommands<String, String> commands, String usernameKey, String address) {
        Double since = commands.zscore(places(usernameKey), addresses.of(address));
        boolean isKnown = since != null && since > Instant.now().minus(knownFor).getEpochSecond();
        // As nodes before this version note it, for 30 days
        return isKnown || commands.exists(prefix + "known:" + hash(usernameKey, addresses.of(address))) > 0;
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

    /** From where this account's right password came, and when last. */
    private String places(String usernameKey) {
        return prefix + "places:" + hash(usernameKey);
    }

    private String hash(String... parts) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac.of("login", String.join("\0", parts)));
    }
}
