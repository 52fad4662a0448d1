package app.veza.command.identity.guesses;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remember that a log-in failed.
 *
 * @param address from which the request came
 * @param agent the User-Agent header
 * @param delayedUntil until when the account cannot be tried from there; null: it can
 */
record RememberFailure(
        UUID personId,
        String address,
        @Nullable String agent,
        @Nullable Instant delayedUntil) {

    /** Without what is personal. */
    @Override
    public String toString() {
        return "RememberFailure[personId=%s]".formatted(personId);
    }
}
