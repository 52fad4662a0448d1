package app.veza.projectionengine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a projection has not applied and that waits for a person. Its payload is in the log only, so that who is
 * erased there is erased here.
 *
 * @param sequenceKey the events that wait in order with it, see {@link Projection#sequenceKey}
 * @param error what happened when it was last tried, without values of the event; null: it was never tried, for it
 *     waits behind an earlier one of its key
 * @param attempts how often it was tried since it was parked, the first failure included
 * @param parkedAt when it became a dead letter
 * @param triedAt when it was last tried; null: never
 */
public record DeadLetter(
        String projection,
        int version,
        long position,
        String sequenceKey,
        String eventType,
        @Nullable String error,
        int attempts,
        Instant parkedAt,
        @Nullable Instant triedAt) {
    DeadLetter withError(String now) {
        return new DeadLetter(
                projection, version, position, sequenceKey, eventType, now, attempts + 1, parkedAt, Instant.now());
    }
}
