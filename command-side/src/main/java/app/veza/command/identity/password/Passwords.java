package app.veza.command.identity.password;

import app.veza.command.CommandSideConfig;
import app.veza.command.Overloaded;
import app.veza.event.Erased;
import jakarta.annotation.PreDestroy;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Hashes and verifies passwords on a few threads of its own: hashing is slow on purpose and must not take the cores, nor the
 * memory, that everything else runs on.
 */
@Component
public final class Passwords implements AutoCloseable {

    private final HashingQueue queue;
    private final Argon2id.Cost cost;
    private final BlockPool memory;
    private final SecureRandom random = new SecureRandom();
    /** Verified in place of the hash of who does not exist, so that they cannot be told by the time it takes. */
    private final String nobodysHash;

    @Autowired
    public Passwords(CommandSideConfig config) {
        this(config.hashing(), Argon2id.Cost.DEFAULT);
    }

    Passwords(CommandSideConfig.Hashing limits, Argon2id.Cost cost) {
        this.queue = new HashingQueue(limits);
        this.cost = cost;
        this.memory = Argon2id.memory(cost, limits.concurrent());
        this.nobodysHash = Argon2id.hash("", newSalt(), cost, memory);
    }

    /** Of a password that nobody knows, for an account that something else opens: random bytes where a hash stands. */
    public static String hashOfNone() {
        return Argon2id.hashOfNone(Argon2id.Cost.DEFAULT);
    }

    /**
     * For who has much to do before there is a password to hash or verify.
     *
     * @throws Overloaded when too many are waiting already
     */
    public void requireRoom() {
        queue.requireRoom();
    }

    /**
     * A PHC string with a salt of its own.
     *
     * @throws Overloaded when too many are waiting already
     */
    public String hash(String password) {
        return queue.run(() -> Argon2id.hash(password, newSalt(), cost, memory));
    }

    /**
     * Whether this is the password that was hashed; takes as long when there is no hash.
     *
     * @param hash a PHC string, {@linkplain Erased#TEXT erased} or null for somebody who does not exist
     * @throws Overloaded when too many are waiting already
     */
    public boolean verify(String password, @Nullable String hash) {
        boolean isNobodys = hash == null || Erased.is(hash);
        boolean equal = queue.run(() -> Argon2id.verify(password, isNobodys ? nobodysHash : hash, memory));
        return equal && !isNobodys;
    }

    /** How many passwords were hashed or verified so far. */
    public long hashings() {
        return queue.done();
    }

    /** How many wait to be. */
    public int waiting() {
        return queue.waiting();
    }

    @Override
    @PreDestroy
    public void close() {
        queue.close();
    }

    private byte[] newSalt() {
        byte[] salt = new byte[Argon2id.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }
}
