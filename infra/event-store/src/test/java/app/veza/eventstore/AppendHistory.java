package app.veza.eventstore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the log holds in the end, to compare with it what callers were told of their appends. */
final class AppendHistory {
    /** Events that a command appended bear its id as a tag of this key. */
    static final String COMMAND = "command";

    private final NavigableMap<Long, RecordedEvent> byPosition = new TreeMap<>();
    private final Map<String, RecordedEvent> byId = new HashMap<>();
    private final Map<String, RecordedEvent> byCommand = new HashMap<>();
    private final Map<Tag, NavigableMap<Long, RecordedEvent>> byTag = new HashMap<>();

    /**
     * An append as its caller saw it.
     *
     * @param firstEvent its id
     * @param outcome null: told for certain that nothing was appended
     */
    record Attempt(
            String firstEvent,
            @Nullable AppendCondition condition,
            @Nullable String commandId,
            @Nullable AppendOutcome outcome) {}

    /** @param events all that came of what callers asked for */
    AppendHistory(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            byPosition.put(event.position(), event);
            byId.put(event.id(), event);
            for (Tag tag : event.tags()) {
                byTag.computeIfAbsent(tag, t -> new TreeMap<>()).put(event.position(), event);
                if (tag.key().equals(COMMAND)) {
                    byCommand.putIfAbsent(tag.value(), event);
                }
            }
        }
    }

    /** Where the command's append stands; 0 when it is not there. */
    long firstOf(String commandId) {
        RecordedEvent first = byCommand.get(commandId);
        return first == null ? 0 : first.position();
    }

    /** Whatever it was told is what the log says, and if it was judged, it was judged rightly. */
    void assertHolds(Attempt attempt) {
        RecordedEvent stored = byId.get(attempt.firstEvent());
        AppendCondition condition = attempt.condition();
        switch (attempt.outcome()) {
            case AppendOutcome.Appended(long first, long last) -> {
                require(stored != null && stored.position() == first, attempt, "is there where it was told to be");
                require(last >= first && byPosition.containsKey(last), attempt, "ends in the log");
                require(
                        condition == null || !matchesBetween(condition, first),
                        attempt,
                        "was admitted although nothing may match");
            }
            case AppendOutcome.Refused(long conflict) -> {
                require(stored == null, attempt, "is not there");
                require(
                        condition != null
                                && conflict > condition.after()
                                && matches(condition, byPosition.get(conflict)),
                        attempt,
                        "was refused for an event that matches");
            }
            case AppendOutcome.Duplicate(long first, long last, String fingerprint) ->
                require(
                        attempt.commandId() != null && firstOf(attempt.commandId()) == first && last >= first,
                        attempt,
                        "was appended before by the same command");
            case null -> require(stored == null, attempt, "is not there");
        }
    }

    /** Of an append that is there, whatever its caller was told and whether there still was one: it had to be admitted. */
    void assertAdmitted(RecordedEvent first, AppendCondition condition) {
        if (matchesBetween(condition, first.position())) {
            throw new AssertionError("%s stands at %d although something matches after %d: %s"
                    .formatted(first.id(), first.position(), condition.after(), condition.criteria()));
        }
    }

    /** Every criterion has a tag here. */
    private boolean matchesBetween(AppendCondition condition, long before) {
        return condition.criteria().anyOf().stream().anyMatch(criterion -> {
            var candidates = byTag.getOrDefault(criterion.tags().iterator().next(), new TreeMap<>());
            return candidates.subMap(condition.after(), false, before, false).values().stream()
                    .anyMatch(event -> criterion.matches(event.type(), event.tags()));
        });
    }

    private static boolean matches(AppendCondition condition, @Nullable RecordedEvent event) {
        return event != null && condition.criteria().matches(event.type(), event.tags());
    }

    private static void require(boolean holds, Attempt attempt, String what) {
        if (!holds) {
            throw new AssertionError("not so: it " + what + ": " + attempt);
        }
    }
}
