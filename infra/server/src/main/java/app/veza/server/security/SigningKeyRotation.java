package app.veza.server.security;

import app.veza.command.identity.token.SigningKeys;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has this node know within a moment which keys there are, and make the next one when it is time. */
final class SigningKeyRotation implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SigningKeyRotation.class);

    /** A directory of two or three small files. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final SigningKeys keys;
    private final Thread looking = Thread.ofVirtual().name("signing-keys").unstarted(this::look);

    SigningKeyRotation(SigningKeys keys) {
        this.keys = keys;
    }

    void start() {
        looking.start();
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                keepUp();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepUp() {
        try {
            keys.keepUp();
        } catch (RuntimeException failure) {
            log.error("The signing keys could not be read; those that are known go on", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        looking.interrupt();
        looking.join();
    }
}
