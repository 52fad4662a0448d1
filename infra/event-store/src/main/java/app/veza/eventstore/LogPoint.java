package app.veza.eventstore;

import java.util.Arrays;

/** A place in the log: the append that was read last. */
record LogPoint(long sequence, long position, byte[] chainHash) {
    static final LogPoint ORIGIN = new LogPoint(0, 0, Chain.genesis());

    boolean hasHash(byte[] other) {
        return Arrays.equals(chainHash, other);
    }
}
