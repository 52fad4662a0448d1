package app.veza.command.identity.guesses;

import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import app.veza.command.TooManyRequests;
import app.veza.command.http.Client;
import app.veza.command.http.Commands;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.LoginDelays;
import app.veza.command.identity.SessionRejections;
import app.veza.eventstore.command.CommandOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The one way in which a password or a code is checked. What was guessed wrongly is counted, whether or not there is such an account, and
 * the log remembers it of one that there is: beside the answer, whose time would tell otherwise. A node that dies in that moment forgets
 * it, and nothing more.
 */
@Component
public final class Guesses {

    private static final Logger log = LoggerFactory.getLogger(Guesses.class);

    /** About one account from one address: who sends many at once has few checked before the first of them counts. */
    private static final int AT_ONCE = 5;

    private static final int WAITING = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** Accounts and addresses that share one wait for each other, which does no harm. */
    private static final int STRIPES = 4096;

    /** Each took a password hashing, so there is hardly ever more than one. */
    private static final int REMEMBERED_AT_ONCE = 256;

    private final Commands commands;
    private final Accounts accounts;
    private final LoginDelays delays;
    private final InstantSource clock;
    private final Semaphore[] stripes =
            IntStream.range(0, STRIPES).mapToObj(i -> new Semaphore(AT_ONCE)).toArray(Semaphore[]::new);
    private final Semaphore remembering = new Semaphore(REMEMBERED_AT_ONCE);

    Guesses(Commands commands, Accounts accounts, LoginDelays delays, InstantSource clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.delays = delays;
        this.clock = clock;
    }

    /**
     * What the check gives, if it may be made now.
     *
     * @param check throws a {@linkplain SessionRejections#isWrongGuess wrong guess} when it was one
     * @throws TooManyRequests when too many before were wrong
     * @throws Overloaded when too many are being checked
     */
    public <T> T check(String usernameKey, Client client, CommandOptions options, Supplier<T> check) {
        Semaphore stripe = stripes[Math.floorMod(Objects.hash(usernameKey, client.address()), STRIPES)];
        enter(stripe);
        try {
            delays.require(usernameKey, client.address());
            T right = check.get();
            delays.succeeded(usernameKey, client.address());
            return right;
        } catch (Rejection refused) {
            if (SessionRejections.isWrongGuess(refused)) {
                remember(usernameKey, client, options, delays.failed(usernameKey, client.address()));
            }
            throw refused;
        } finally {
            stripe.release();
        }
    }

    private static void enter(Semaphore stripe) {
        try {
            if (stripe.getQueueLength() < WAITING
                    && stripe.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new Overloaded("Too many passwords or codes of one account are being checked right now.", RETRY_AFTER);
    }

    private void remember(String usernameKey, Client client, CommandOptions options, Duration wait) {
        if (!remembering.tryAcquire()) {
            log.warn("More failed log-ins than can be remembered: the log is slow");
            return;
        }
        Instant delayedUntil = wait.isPositive() ? clock.instant().plus(wait) : null;
        Thread.ofVirtual().name("failed-login").start(() -> {
            try {
                accounts.byUsername(usernameKey)
                        .map(Account::personId)
                        .ifPresent(person -> commands.run(
                                new RememberFailure(person, client.address(), client.agent(), delayedUntil), options));
            } catch (RuntimeException failure) {
                log.error("A failed log-in could not be remembered", failure);
            } finally {
                remembering.release();
            }
        });
    }
}
