package app.veza.server.gateway;

import app.veza.projectionengine.LoggedEvent;
import app.veza.server.node.LoggedEvents;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is told of an event where there is no socket: what sockets that catch up are told. */
public final class EventContents {

    private final RoomFrames rooms;
    private final StreamFrames streams;
    private final JsonMapper json;
    private final Supplier<String> logId;
    private volatile String known;

    /** @param logId of the log in use: what was remembered of another is none of this one's */
    EventContents(RoomFrames rooms, StreamFrames streams, JsonMapper json, Supplier<String> logId) {
        this.rooms = rooms;
        this.streams = streams;
        this.json = json;
        this.logId = logId;
        this.known = logId.get();
    }

    /** The frame, by things as they are now; empty for an event that nobody is told of, or that cannot be read. */
    public Optional<ObjectNode> of(LoggedEvent event) {
        String inUse = logId.get();
        if (!inUse.equals(known)) {
            rooms.forget();
            known = inUse;
        }
        Object payload = LoggedEvents.readable(event);
        return RoomEvent.of(event.position(), event.timestamp(), payload)
                .flatMap(rooms::replayed)
                .or(() -> StreamEvent.of(event.position(), payload).flatMap(streams::of))
                .map(frame -> json.readTree(frame).asObject());
    }
}
