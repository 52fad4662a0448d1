package app.veza.projectionengine;

import org.jspecify.annotations.Nullable;

/**
 * An event that is to be parked.
 *
 * @param error why it cannot be applied; null when it only waits behind another one of its key
 */
record Letter(LoggedEvent event, String key, @Nullable String error) {
    /** Longer ones are named by their hash: they are part of an index and of key names. */
    private static final int LONGEST_KEY = 200;

    static String key(Projection projection, LoggedEvent event) {
        String key = projection.sequenceKey(event);
        return key.length() <= LONGEST_KEY && key.chars().noneMatch(Character::isISOControl)
                ? key
                : "sha256:" + Definitions.checksum(key);
    }

    static Letter of(Projection projection, LoggedEvent event, String error) {
        return new Letter(event, key(projection, event), error);
    }
}
