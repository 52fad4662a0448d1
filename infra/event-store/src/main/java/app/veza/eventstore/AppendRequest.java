package app.veza.eventstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that are appended all or not at all, next to each other.
 *
 * @param condition null: append in any case
 * @param commandId identifies this append for all time; null: it may be appended again
 * @param fingerprint of the command's body, given back to whoever repeats the command id
 */
public record AppendRequest(
        List<NewEvent> events,
        @Nullable AppendCondition condition,
        @Nullable String commandId,
        @Nullable String fingerprint) {
    public AppendRequest {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("an append holds at least one event");
        }
    }

    public static AppendRequest of(NewEvent... events) {
        return new AppendRequest(List.of(events), null, null, null);
    }

    public static AppendRequest of(List<NewEvent> events) {
        return new AppendRequest(events, null, null, null);
    }

    public AppendRequest provided(Criteria criteria, long after) {
        return provided(criteria, after, null);
    }

    /** @param logId of the log that was read, as {@link Sourcing#logId()}; once it is replaced, such an append is unavailable */
    public AppendRequest provided(Criteria criteria, long after, @Nullable String logId) {
        return new AppendRequest(events, new AppendCondition(criteria, after, logId), commandId, fingerprint);
    }

    public AppendRequest forCommand(String commandId, @Nullable String fingerprint) {
        return new AppendRequest(events, condition, commandId, fingerprint);
    }
}
