package app.veza.eventstore.command;

import app.veza.eventstore.EventMetadata;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a command is to be run.
 *
 * @param commandId its id for all time: a command with the same id is appended once; null for one that may be decided
 *     again, such as a login
 * @param fingerprint of the command's body, compared when the id comes again; null when there is nothing to compare
 * @param minPosition the decision is made on events up to this position at least; 0 for none
 * @param metadata put on every appended event, under the keys of this record's constants or others
 */
public record CommandOptions(
        @Nullable String commandId, @Nullable String fingerprint, long minPosition, Map<String, String> metadata) {

    /** Metadata key: what all events of one request from outside share. The command's own id when it is not given. */
    public static final String CORRELATION = EventMetadata.CORRELATION_ID;

    /** Metadata key: the id of the event that this command reacts to. The command's own id when it is not given. */
    public static final String CAUSATION = EventMetadata.CAUSATION_ID;

    /** Metadata key: W3C Trace Context. */
    public static final String TRACEPARENT = EventMetadata.TRACEPARENT;

    private static final CommandOptions NONE = new CommandOptions(null, null, 0, Map.of());

    public CommandOptions {
        if (minPosition < 0) {
            throw new IllegalArgumentException("minPosition is negative: " + minPosition);
        }
        if (commandId != null && commandId.isBlank()) {
            throw new IllegalArgumentException("a command id is null or has characters");
        }
        metadata = Map.copyOf(metadata);
    }

    /** A command that may be decided again, on whatever is there. */
    public static CommandOptions none() {
        return NONE;
    }

    /**
     * One that follows from an event, and may be decided again: it stands below that event in the tree of what led to what.
     *
     * @param correlation of the event; null: it begins a tree of its own
     */
    public static CommandOptions causedBy(String eventId, @Nullable String correlation) {
        return NONE.with(CAUSATION, eventId).with(CORRELATION, correlation == null ? eventId : correlation);
    }

    public static CommandOptions ofCommandId(String commandId, String fingerprint) {
        return new CommandOptions(commandId, fingerprint, 0, Map.of());
    }

    public CommandOptions withMinPosition(long position) {
        return new CommandOptions(commandId, fingerprint, position, metadata);
    }

    public CommandOptions with(String key, String value) {
        Map<String, String> more = new HashMap<>(metadata);
        more.put(key, value);
        return new CommandOptions(commandId, fingerprint, minPosition, more);
    }
}
