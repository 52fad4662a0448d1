package app.veza.command.identity.login;

import app.veza.command.http.Commands;
import app.veza.command.identity.LoginDelays;
import app.veza.eventstore.command.CommandOptions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts what was guessed wrongly, whether or not there is such an account, and has the log remember what was guessed about one that
 * there is: beside the answer, whose time would tell otherwise. A node that dies in that moment forgets it, and nothing more.
 */
@Component
final class FailedLogins {

    private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);

    /** Each took a password hashing, so there is hardly ever more than one. */
    private static final int AT_ONCE = 256;

    private final Commands commands;
    private final LoginDelays delays;
    private final Semaphore room = new Semaphore(AT_ONCE);

    FailedLogins(Commands commands, LoginDelays delays) {
        this.commands = commands;
        this.delays = delays;
    }

    void remember(LogIn failed, CommandOptions options) {
        Duration wait = delays.failed(failed.usernameKey(), failed.address());
        if (!room.tryAcquire()) {
            log.warn("More failed log-ins than can be remembered: the log is slow");
            return;
        }
        Thread.ofVirtual().name("failed-login").start(() -> {
            try {
                if (failed.personId() != null) {
                    commands.run(
                            new RememberFailure(
                                    failed.personId(),
                                    failed.address(),
                                    failed.agent(),
                                    wait.isPositive() ? failed.at().plus(wait) : null),
                            options);
                }
            } catch (RuntimeException failure) {
                log.error("A failed log-in could not be remembered", failure);
            } finally {
                room.release();
            }
        });
    }
}
