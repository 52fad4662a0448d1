package app.veza.gateway;

/**
 * Which loops have subscribers of one topic, and the last position published to it. The counts are changed only within
 * the map's {@code compute}; publishers read the mask.
 */
final class Interest {
    private final int[] counts;
    private volatile long mask;
    private long lastPublished = Long.MIN_VALUE;

    Interest(int shards) {
        counts = new int[shards];
    }

    Interest plus(int shard) {
        counts[shard]++;
        mask |= 1L << shard;
        return this;
    }

    /** True when nobody is left on any loop. */
    boolean minus(int shard) {
        if (--counts[shard] == 0) {
            mask &= ~(1L << shard);
        }
        return mask == 0;
    }

    long mask() {
        return mask;
    }

    int subscribers() {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    synchronized void restart() {
        lastPublished = Long.MIN_VALUE;
    }

    /** Within this object's monitor: false when {@code position} was published before. */
    boolean advanceTo(long position) {
        if (position <= lastPublished) {
            return false;
        }
        lastPublished = position;
        return true;
    }
}
