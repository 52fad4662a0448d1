package app.veza.gateway;

/** Work for an event loop that may hold references: it is either run or discarded, never just dropped. */
@FunctionalInterface
interface LoopTask {
    void run();

    /** The loop has ended and will not run this. */
    default void discard() {}
}
