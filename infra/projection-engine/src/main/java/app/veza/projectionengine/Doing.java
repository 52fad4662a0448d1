package app.veza.projectionengine;

/**
 * What a runner is at.
 *
 * @param position last one that it has
 * @param since by {@link System#nanoTime}
 */
record Doing(Step step, long position, long since) {
    enum Step {
        OPENING("opens its store"),
        READING("reads the log"),
        APPLYING("applies events"),
        WAITING("waits for events"),
        WATCHING("watches another node"),
        PAUSING("waits to try again");

        private final String words;

        Step(String words) {
            this.words = words;
        }
    }

    /** For a person: {@code applies events behind position 7 for 6 s}. */
    String words(long now) {
        return "%s behind position %d for %.1f s".formatted(step.words, position, (now - since) / 1e9);
    }
}
