package app.veza.projectionengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events read in one go, up to {@code last}.
 *
 * @param work what they ask for
 * @param last last event read, handled or not
 */
record Batch(Work work, LoggedEvent last) {
    /**
     * Takes events until {@code limit} of them are handled; what follows is for the next batch.
     *
     * @param types that the projection handles
     * @param poison an event that is not to be tried again, which makes a batch of its own
     */
    static Batch of(
            List<? extends LoggedEvent> events,
            Projection projection,
            Set<String> types,
            int limit,
            @Nullable Poison poison) {
        List<Recorded<?>> handled = new ArrayList<>();
        List<LoggedEvent> sources = new ArrayList<>();
        LoggedEvent last = events.getFirst();
        for (LoggedEvent event : events) {
            if (types.contains(event.type())) {
                boolean poisonous = poison != null && event.position() == poison.position();
                if (handled.size() == limit || (poisonous && !handled.isEmpty())) {
                    break;
                }
                if (poisonous) {
                    return new Batch(Work.parking(Letter.of(projection, event, poison.error())), event);
                }
                handled.add(decode(event));
                sources.add(event);
            }
            last = event;
        }
        return new Batch(new Work(handled, sources, null), last);
    }

    /**
     * @throws PayloadUnavailableException when its payload cannot be had now
     * @throws UndecodableException when it never can
     */
    static Recorded<?> decode(LoggedEvent event) {
        Object payload;
        try {
            payload = event.payload();
        } catch (PayloadUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UndecodableException(event, e);
        }
        if (payload == null) {
            throw new UndecodableException(event, null);
        }
        return new Recorded<>(event.position(), event.timestamp(), payload);
    }
}
