package app.veza.command.identity;

import app.veza.command.TooManyRequests;
import java.time.Duration;

/**
 * Slows down who guesses passwords or codes, and not the person whose they are: after some wrong ones an account cannot be tried for a while
 * from the same address; an address that tries many, and an account that is tried from everywhere, can for that while only be
 * tried where the account's person came in before. An account that does not exist is treated as one that does.
 */
public interface LoginDelays {

    /** How long nobody at this address may try this account; zero or less: they may. */
    Duration before(String usernameKey, String address);

    /**
     * A wrong password or code was given.
     *
     * @return how long nobody at this address may try this account now; zero: they may
     */
    Duration failed(String usernameKey, String address);

    /** The right one was given. */
    void succeeded(String usernameKey, String address);

    /** Of an account that is no more, whose name is another's to take: where its person came in from is not for them. */
    void forget(String usernameKey);

    /** @throws TooManyRequests saying for how long */
    default void require(String usernameKey, String address) {
        Duration wait = before(usernameKey, address);
        if (wait.isPositive()) {
            throw new TooManyRequests("Too many wrong passwords or codes: wait before the next attempt.", wait);
        }
    }
}
