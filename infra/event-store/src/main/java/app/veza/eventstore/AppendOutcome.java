package app.veza.eventstore;

import org.jspecify.annotations.Nullable;

/** What is known of an append for certain. What is not, is an {@link AppendFailure}. */
public sealed interface AppendOutcome {
    /** The events stand in the log, durably. */
    record Appended(long firstPosition, long lastPosition) implements AppendOutcome {}

    /** The command id was appended before; nothing was appended now. */
    record Duplicate(
            long firstPosition, long lastPosition, @Nullable String fingerprint) implements AppendOutcome {}

    /** Not appended: the event at this position matches the condition's criteria and lies after its marker. */
    record Refused(long conflictingPosition) implements AppendOutcome {}
}
