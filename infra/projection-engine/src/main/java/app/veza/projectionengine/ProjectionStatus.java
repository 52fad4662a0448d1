package app.veza.projectionengine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param generation 1 when the version was first filled, one more with each rebuild
 * @param target {@code primary}, {@code analytics} or {@code redis}
 * @param position last position committed, as far as this runner knows
 * @param head last position of the log
 * @param rate events a second that its position moved over, lately
 * @param lastError cause of the last failure; kept after recovery, null when there was none
 * @param cause why it is stalled or has failed, for everybody: in the platform's own words, without names of hosts or words of other
 *     systems; null while it is neither
 * @param deadLetters events that wait for a person, as of the last commit or look
 * @param readers what is wrong with what readers see while another version is filled; null: nothing
 * @param leader node that moves it, as far as this one knows; null where nodes do not share projections
 * @param since when it came into this state
 */
public record ProjectionStatus(
        String name,
        int version,
        int generation,
        String target,
        long position,
        long head,
        double rate,
        ProjectionState state,
        @Nullable String lastError,
        @Nullable String cause,
        long deadLetters,
        @Nullable String readers,
        @Nullable String leader,
        Instant since) {
    /** Events between the position and the head. */
    public long lag() {
        return Math.max(0, head - position);
    }
}
