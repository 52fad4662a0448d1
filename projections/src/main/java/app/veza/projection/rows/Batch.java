package app.veza.projection.rows;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Recorded;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Views of a batch of recorded events. */
public final class Batch {

    private Batch() {}

    /** Events of one type, in the order of the log. */
    public static <E extends VezaEvent> List<Recorded<E>> only(Class<E> type, List<Recorded<?>> batch) {
        return batch.stream()
                .filter(recorded -> type.isInstance(recorded.event()))
                .map(recorded -> new Recorded<>(recorded.position(), recorded.timestamp(), type.cast(recorded.event())))
                .toList();
    }

    /**
     * The sequence key of who is meant, for read models that are cut into slices by the person: an audit folds the events of some, and has to
     * meet what waits behind one of theirs, and nothing else.
     */
    public static String person(LoggedEvent event) {
        return event.tags().stream()
                .filter(tag -> tag.startsWith(EventTags.PERSON + ":"))
                .findFirst()
                .orElse("");
    }

    /** Registered names of event records, as {@link app.veza.projectionengine.Projection#eventTypes} wants them. */
    @SafeVarargs
    public static Set<String> types(Class<? extends VezaEvent>... events) {
        return Stream.of(events).map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());
    }
}
