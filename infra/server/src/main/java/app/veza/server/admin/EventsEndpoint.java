package app.veza.server.admin;

import app.veza.command.Rejection;
import app.veza.command.http.LogRead;
import app.veza.command.http.Paging;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Correlation;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventMetadata;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.EventTree;
import app.veza.eventstore.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.StringArrayPropertyEditor;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/admin/events}: the log, filtered, either way, page by page; and one event with what led to what. */
@RestController
final class EventsEndpoint {

    private static final int MOST_EVENTS = 1000;
    private static final int MOST_CORRELATED = 1000;

    /** A page ends behind the event that passes this, so what is held for one answer is bounded. */
    private static final long PAGE_BYTES = 4 << 20;

    private final EventLog log;
    private final EventFilter filter;
    private final LogPlaces places;

    EventsEndpoint(EventLog log, EventFilter filter, LogPlaces places) {
        this.log = log;
        this.filter = filter;
        this.places = places;
    }

    /** @param nextCursor null on the last page */
    record Listing(List<EventView> items, @Nullable String nextCursor) {}

    /**
     * An event among those of its correlation.
     *
     * @param depth 0: no event of the correlation led to it, but a command or one from elsewhere
     * @param causedBy position of the event that led to it; null at depth 0
     */
    record Correlated(int depth, @Nullable Long causedBy, EventView event) {}

    /**
     * @param correlation all events of its correlation, each before those that it led to
     * @param complete false: there are more of them
     */
    record Single(EventView event, @Nullable String correlationId, List<Correlated> correlation, boolean complete) {}

    /** A comma is a character like any other in a tag. */
    @InitBinder
    void binder(WebDataBinder binder) {
        binder.registerCustomEditor(String[].class, new StringArrayPropertyEditor(null));
    }

    /**
     * @param type any of these; {@code chat.*} for a context
     * @param tag all of these, {@code key:value}
     * @param from position, instant or {@code -2h}; the first event
     * @param to position of the last event, or the instant that no event reaches
     * @param direction {@code forwards} or {@code backwards}
     */
    @GetMapping("/api/admin/events")
    ResponseEntity<Listing> events(
            LogRead read,
            @RequestParam(required = false) String @Nullable [] type,
            @RequestParam(required = false) String @Nullable [] tag,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "forwards") String direction,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Paging.requireLimit(limit, MOST_EVENTS);
        read.await();
        EventQuery query = EventQuery.of(filter.criteria(type, tag))
                .after(places.after(from))
                .upTo(places.upTo(to));
        if (isBackwards(direction)) {
            query = query.backwards();
        }
        Browsing browsing = log.browse(cursor == null ? query : continued(query, cursor));
        List<EventView> items = new ArrayList<>();
        long bytes = 0;
        while (items.size() < limit && bytes < PAGE_BYTES && browsing.hasNext()) {
            RecordedEvent event = browsing.next();
            items.add(EventView.of(event));
            bytes += event.payload().length;
        }
        String next = browsing.hasNext() ? Long.toString(items.getLast().position()) : null;
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                // up to here the log was looked through once there is no next page: whoever follows goes on from it
                .header("Veza-Position", Long.toString(browsing.upTo()))
                .body(new Listing(items, next));
    }

    private static boolean isBackwards(String direction) {
        return switch (direction) {
            case "forwards" -> false;
            case "backwards" -> true;
            default ->
                throw Rejection.malformed(
                        "/direction", "A direction is forwards or backwards, not '%s'.".formatted(direction));
        };
    }

    /** The cursor only narrows the range, so a forged one shows nothing that was not asked for. */
    private static EventQuery continued(EventQuery query, String cursor) {
        try {
            long last = Long.parseLong(cursor);
            return query.isBackwards()
                    ? query.upTo(Math.min(query.upTo(), last - 1))
                    : query.after(Math.max(query.after(), last));
        } catch (NumberFormatException e) {
            throw Paging.foreignCursor();
        }
    }

    @GetMapping("/api/admin/events/{position}")
    ResponseEntity<Single> event(LogRead read, @PathVariable long position) {
        return read.answer(() -> single(position));
    }

    private Single single(long position) {
        List<RecordedEvent> found = position < 1 ? List.of() : log.read(position - 1, 1);
        if (found.isEmpty()) {
            throw Rejection.notFound(
                    "There is no event at position %d: the log ends at %d.".formatted(position, log.indexedPosition()));
        }
        RecordedEvent event = found.getFirst();
        String correlationId = event.metadata().get(EventMetadata.CORRELATION_ID);
        Correlation correlation =
                correlationId == null ? new Correlation(found, true) : log.correlated(correlationId, MOST_CORRELATED);
        List<Correlated> tree = new ArrayList<>();
        EventTree.of(correlation.events()).forEach(root -> flatten(root, 0, null, tree));
        return new Single(EventView.of(event), correlationId, tree, correlation.isWhole());
    }

    /** Flat, because a chain of causes may be longer than JSON should be deep. */
    private static void flatten(EventTree tree, int depth, @Nullable Long causedBy, List<Correlated> out) {
        out.add(new Correlated(depth, causedBy, EventView.of(tree.event())));
        for (EventTree caused : tree.caused()) {
            flatten(caused, depth + 1, tree.event().position(), out);
        }
    }
}
