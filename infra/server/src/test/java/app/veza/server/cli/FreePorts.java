package app.veza.server.cli;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports that nobody listens on now, and that the kernel gives to no outgoing connection. */
public final class FreePorts {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 30_000;

    private FreePorts() {}

    /** The first of so many. */
    public static int inARow(int count) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (IntStream.range(first, first + count).allMatch(Loopback::isFree)) {
                return first;
            }
        }
    }
}
