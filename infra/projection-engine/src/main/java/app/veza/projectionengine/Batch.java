package app.veza.projectionengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Events read in one go, up to {@code last}.
 *
 * @param handled those that the projection handles, decoded
 * @param last last event read, handled or not
 */
record Batch(List<Recorded<?>> handled, LoggedEvent last) {
    /** Takes events until {@code limit} of them are handled; what follows is for the next batch. */
    static Batch of(List<? extends LoggedEvent> events, Set<String> types, int limit) {
        List<Recorded<?>> handled = new ArrayList<>();
        LoggedEvent last = events.getFirst();
        for (LoggedEvent event : events) {
            if (types.contains(event.type())) {
                if (handled.size() == limit) {
                    break;
                }
                handled.add(decode(event));
            }
            last = event;
        }
        return new Batch(handled, last);
    }

    private static Recorded<?> decode(LoggedEvent event) {
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
