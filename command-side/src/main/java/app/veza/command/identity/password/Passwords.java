package app.veza.command.identity.password;

import app.veza.command.CommandSideConfig;
import app.veza.command.Overloaded;
import jakarta.annotation.PreDestroy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Hashes and verifies passwords on a few threads of its own, behind a bounded queue: hashing is slow on purpose and must not
 * take the cores, nor the memory, that everything else runs on.
 */
@Component
public final class Passwords implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ThreadPoolExecutor threads;
    private final Duration maxWait;
    private final Argon2id.Cost cost;
    private final SecureRandom random = new SecureRandom();
    /** Verified in place of the hash of who does not exist, so that they cannot be told by the time it takes. */
    private final String nobodysHash;

    @Autowired
    public Passwords(CommandSideConfig config) {
        this(config.hashing(), Argon2id.Cost.DEFAULT);
    }

    Passwords(CommandSideConfig.Hashing limits, Argon2id.Cost cost) {
        this.threads = new ThreadPoolExecutor(
                limits.concurrent(),
                limits.concurrent(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                Thread.ofPlatform().daemon().name("password-hashing-", 0).factory());
        this.maxWait = limits.maxWait();
        this.cost = cost;
        this.nobodysHash = Argon2id.hash("", newSalt(), cost);
    }

    /**
     * A PHC string with a salt of its own.
     *
     * @throws Overloaded when too many are waiting already
     */
    public String hash(String password) {
        return inQueue(() -> Argon2id.hash(password, newSalt(), cost));
    }

    /**
     * Whether this is the password that was hashed; takes as long when there is no hash.
     *
     * @param hash a PHC string, null for somebody who does not exist
     * @throws Overloaded when too many are waiting already
     */
    public boolean verify(String password, @Nullable String hash) {
        boolean equal = inQueue(() -> Argon2id.verify(password, hash == null ? nobodysHash : hash));
        return equal && hash != null;
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }

    private <T> T inQueue(Callable<T> work) {
        Future<T> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw tooMany();
        }
        try {
            return result.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw tooMany();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        } finally {
            // Without effect when done: whoever no longer waits must not cost a hashing
            result.cancel(false);
        }
    }

    private byte[] newSalt() {
        byte[] salt = new byte[Argon2id.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static Overloaded tooMany() {
        return new Overloaded("Too many passwords are being checked right now.", RETRY_AFTER);
    }
}
