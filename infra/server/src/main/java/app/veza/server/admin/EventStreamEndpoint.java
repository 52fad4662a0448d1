package app.veza.server.admin;

import app.veza.command.Rejection;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.EventLog;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.propertyeditors.StringArrayPropertyEditor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /api/admin/events/stream}: matching events as they are appended, as server-sent events. Written on the request's own
 * virtual thread, a page at a time: a client that does not read stops it, and is cut off by the server's write timeout.
 */
@RestController
final class EventStreamEndpoint {

    private static final Logger log = LoggerFactory.getLogger(EventStreamEndpoint.class);
    private static final Duration BEHIND = Duration.ofSeconds(2);
    private static final Pattern EVENT_ID = Pattern.compile("(?:(?<log>[^:]+):)?(?<position>[0-9]{1,18})");

    private final EventLog events;
    private final EventFilter filter;
    private final LogPlaces places;
    private final EventStreams streams;
    private final StillEngineer stillEngineer;
    private final JsonMapper json;

    EventStreamEndpoint(
            EventLog events,
            EventFilter filter,
            LogPlaces places,
            EventStreams streams,
            StillEngineer stillEngineer,
            JsonMapper json) {
        this.events = events;
        this.filter = filter;
        this.places = places;
        this.streams = streams;
        this.stillEngineer = stillEngineer;
        this.json = json;
    }

    @InitBinder
    void binder(WebDataBinder binder) {
        binder.registerCustomEditor(String[].class, new StringArrayPropertyEditor(null));
    }

    /**
     * Each event's id is the log's id and its position, {@code <log>:<position>}, its data what {@code GET /api/admin/events} shows. Comments
     * come when nothing else does. The stream ends when the log is replaced; an id of the log that was is refused then, as
     * {@code log-replaced}. A bare position is taken for one of the log in use.
     *
     * @param from position, instant or {@code -2h}; without it, and without Last-Event-ID, what is appended from now on
     */
    @GetMapping(path = "/api/admin/events/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "Server-sent events without an end, each an EventView",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    void stream(
            @RequestParam(required = false) String @Nullable [] type,
            @RequestParam(required = false) String @Nullable [] tag,
            @RequestParam(required = false) @Nullable String from,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Authentication caller,
            HttpServletResponse response)
            throws Exception {
        Criteria criteria = filter.criteria(type, tag);
        // Before anything is read: if the log is replaced meanwhile, the stream ends at once
        String inUse = events.logId();
        Matcher last = lastEventId == null ? null : eventId(lastEventId);
        String logId = last == null || last.group("log") == null ? inUse : last.group("log");
        long after = last != null ? resumed(last) : from != null ? places.after(from) : events.head();
        try (AutoCloseable place = streams.open()) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Proxies that gather answers would hold events back
            response.setHeader("X-Accel-Buffering", "no");
            log.debug("A stream of events begins behind {} ({})", after, place);
            new EventStream(events, logId, criteria, after, json, response.getOutputStream())
                    .writeWhile(() -> streams.isRunning() && stillEngineer.is(caller));
        } catch (IOException gone) {
            log.debug("A stream of events ended with its client", gone);
        }
    }

    private static Matcher eventId(String lastEventId) {
        Matcher id = EVENT_ID.matcher(lastEventId);
        if (!id.matches()) {
            throw Rejection.malformed(
                    "/Last-Event-ID", "Last-Event-ID is the id of an event of this stream: <log>:<position>.");
        }
        return id;
    }

    /** Positions past the end are of another log, or of a node that is ahead of this one. */
    private long resumed(Matcher eventId) {
        long last = Long.parseLong(eventId.group("position"));
        if (!events.awaitIndexed(last, BEHIND)) {
            throw new Rejection(
                    Rejection.Kind.INVALID,
                    "position-past-the-end",
                    "Position past the end",
                    "Last-Event-ID %d lies past the end of the log, %d: begin anew with 'from'."
                            .formatted(last, events.indexedPosition()));
        }
        return last;
    }
}
