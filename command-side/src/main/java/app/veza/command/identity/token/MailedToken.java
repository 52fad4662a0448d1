package app.veza.command.identity.token;

import java.time.Duration;
import java.util.UUID;

/** What a mail that reached its person proves: that they are who was meant, once. */
public record MailedToken(Purpose purpose, UUID personId, UUID requestId) {

    /** A token is good for one of these and for nothing else, and for so long. */
    public enum Purpose {
        VERIFY_EMAIL(Duration.ofDays(1)),
        RESET_PASSWORD(Duration.ofMinutes(30));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }

        public Duration life() {
            return life;
        }
    }
}
