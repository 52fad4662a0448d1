package app.veza.command;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Two people, in whichever order. */
public final class Pair {

    private Pair() {}

    /** Names them: the same id for both orders, and no other two have it. A UUID of version 3 (RFC 9562) over both ids. */
    public static UUID of(UUID one, UUID other) {
        String first = one.toString();
        String second = other.toString();
        String both = first.compareTo(second) < 0 ? first + second : second + first;
        return UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.US_ASCII));
    }
}
