package app.veza.server.erasure;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.audio.live.StoredStream;
import app.veza.command.History;
import app.veza.event.streaming.StreamCreated;
import app.veza.server.erasure.ErasedPlaces.Place;
import app.veza.stores.ObjectStore;
import java.util.List;
import java.util.UUID;

/** Looks whether anything is left of what a person broadcast. Nodes that have sockets delete it, once the log says so. */
final class ErasedRecordings {

    private final History history;
    private final ObjectStore bucket;

    ErasedRecordings(History history, ObjectStore bucket) {
        this.history = history;
        this.bucket = bucket;
    }

    /** @throws software.amazon.awssdk.core.exception.SdkException when the storage cannot be reached */
    Place look(UUID person) {
        List<StreamCreated> streams = history.read(events(tag(PERSON, person), StreamCreated.class)).stream()
                .map(StreamCreated.class::cast)
                .toList();
        long there = streams.stream().filter(this::isThere).count();
        return new Place(
                "recordings (object storage)",
                there == 0,
                "something of %d of %d streams is there".formatted(there, streams.size()));
    }

    private boolean isThere(StreamCreated stream) {
        return bucket.keys(StoredStream.key(stream.streamId().toString(), ""))
                .findAny()
                .isPresent();
    }
}
