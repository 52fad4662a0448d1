package app.veza.projection.rows;

import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
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

    /** Registered names of event records, as {@link app.veza.projectionengine.Projection#eventTypes} wants them. */
    @SafeVarargs
    public static Set<String> types(Class<? extends VezaEvent>... events) {
        return Stream.of(events).map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());
    }
}
