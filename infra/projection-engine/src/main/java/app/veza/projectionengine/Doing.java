package app.veza.projectionengine;

import java.time.Duration;

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
        PREPARING("makes the indexes that its readers need", Duration.ofMinutes(10)),
        WAITING("waits for events"),
        WATCHING("watches another node"),
        OUTDATED("watches a newer version, which readers see and it has no code for,"),
        PAUSING("waits to try again");

        private final String words;

        /** So long it may take without anything being wrong. */
        private final Duration patience;

        Step(String words) {
            this(words, Duration.ZERO);
        }

        Step(String words, Duration patience) {
            this.words = words;
            this.patience = patience;
        }
    }

    /** While this is true a position that rests is none that is stalled. */
    boolean mayTakeLonger(long now) {
        return now - since < step.patience.toNanos();
    }

    /** For a person: {@code applies events behind position 7 for 6 s}. */
    String words(long now) {
        return "%s behind position %d for %.1f s".formatted(step.words, position, (now - since) / 1e9);
    }
}
