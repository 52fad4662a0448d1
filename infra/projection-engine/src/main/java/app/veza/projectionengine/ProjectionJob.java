package app.veza.projectionengine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that engineers let be done with a projection. Told to all nodes by a row of {@code projection.job} in the primary
 * database: whichever runs it, each can say how far it is, and another goes on with it when its node is gone.
 *
 * @param target {@code primary}, {@code analytics} or {@code redis}
 * @param version of the projection's code that runs it
 * @param generation that a rebuild fills; 0 for what is never served
 * @param scratch name of what is filled aside: a schema, or the name within Redis keys
 * @param despiteDeadLetters a rebuild leads readers to what it filled although events are dead letters in it that were applied before
 * @param slice keys that an audit looks at; null: the whole read model
 * @param phase what it is doing, for people
 * @param position how far it is
 * @param to where it ends; the head of the log for what follows it
 * @param rate events a second
 * @param error why it failed; of a running one what holds it up just now
 * @param verdict what a comparison found
 * @param owner node that runs it
 * @param dropAt when the scratch schema goes by itself
 * @param droppedAt when it went
 */
public record ProjectionJob(
        UUID id,
        Kind kind,
        String projection,
        String target,
        int version,
        int generation,
        @Nullable String scratch,
        int rows,
        boolean despiteDeadLetters,
        @Nullable List<String> slice,
        State state,
        @Nullable String phase,
        long position,
        long to,
        double rate,
        @Nullable String error,
        @Nullable Verdict verdict,
        @Nullable String owner,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant dropAt,
        @Nullable Instant droppedAt) {

    public enum Kind {
        /** Fills a new edition and leads the readers to it. */
        REBUILD,
        /** Fills a scratch schema up to a position, and keeps it. */
        REPLAY,
        /** Fills aside and compares the tables with the served ones. */
        VERIFY,
        /** Fills aside with this code and compares the views with the served ones. */
        PREVIEW,
        /** A slow {@link #VERIFY} that nobody asked for, mostly of a slice. */
        AUDIT
    }

    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        public boolean ended() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }
    }

    /** What it fills. */
    Edition edition() {
        return new Edition(scratch == null ? projection : scratch, version, generation);
    }

    /** How long it still takes at its rate; empty when that cannot be told. */
    public Optional<Duration> eta() {
        return state != State.RUNNING || rate < 1 || to <= position
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) ((to - position) * 1000 / rate)));
    }
}
