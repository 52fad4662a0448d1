package app.veza.gateway;

/**
 * How fast a connection may send frames: the generic cell rate algorithm, whose whole state is one instant a connection,
 * the theoretical arrival time (ITU-T I.371).
 */
record FrameBudget(long nanosPerFrame, long burstNanos) {
    static final long EXCEEDED = Long.MIN_VALUE;

    /** Whatever is faster than a frame a nanosecond costs nothing. */
    static FrameBudget of(int framesPerSecond, int burst) {
        long each = 1_000_000_000L / framesPerSecond;
        return new FrameBudget(each, each * burst);
    }

    /** The new state after a frame at {@code now}, or {@link #EXCEEDED}. */
    long admit(long state, long now) {
        long next = (state - now > 0 ? state : now) + nanosPerFrame;
        return next - now > burstNanos ? EXCEEDED : next;
    }
}
