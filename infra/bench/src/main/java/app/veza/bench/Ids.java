package app.veza.bench;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** UUIDv7, as the platform's are; not from SecureRandom, whose lock would be measured too. */
public final class Ids {

    private Ids() {}

    public static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(0x1000),
                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE);
    }
}
