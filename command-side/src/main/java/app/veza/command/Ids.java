package app.veza.command;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Instant;
import java.util.UUID;

/** New ids: UUIDv7, which sort by the time of their making. */
public final class Ids {

    private static final NoArgGenerator UUID_V7 = Generators.timeBasedEpochRandomGenerator();

    private Ids() {}

    public static UUID next() {
        return UUID_V7.generate();
    }

    /** When an id was drawn, to the millisecond, by the clock of the node that drew it. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
