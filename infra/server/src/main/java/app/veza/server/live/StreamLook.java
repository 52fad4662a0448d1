package app.veza.server.live;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.History;
import app.veza.command.streaming.Broadcast;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamDescribed;
import app.veza.eventstore.command.CommandOptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * What the log tells of a stream, as far as its audio is concerned.
 *
 * @param following what follows from its last change of phase
 * @param unwanted whether nothing of it is to stay: its recording was deleted, or its broadcaster erased
 */
record StreamLook(
        StreamCreated created,
        Broadcast.Phase phase,
        CommandOptions following,
        String title,
        boolean recorded,
        boolean unwanted) {

    /** Empty when there is no such stream. */
    static Optional<StreamLook> at(History history, UUID streamId) {
        Broadcast broadcast = Broadcast.UNKNOWN;
        CommandOptions following = CommandOptions.none();
        String title = "";
        boolean recorded = false;
        boolean deleted = false;
        for (History.Dated dated : history.readDated(EventCriteria.either(
                Broadcast.boundary(streamId),
                events(tag(STREAM, streamId), StreamDescribed.class, RecordingReady.class, RecordingDeleted.class)))) {
            VezaEvent event = dated.event();
            Broadcast.Phase before = broadcast.phase();
            broadcast = broadcast.evolve(event, broadcast.since());
            following = broadcast.phase() == before ? following : dated.following();
            switch (event) {
                case StreamCreated created -> title = created.title();
                case StreamDescribed described -> title = described.title();
                case RecordingReady ready -> recorded = true;
                case RecordingDeleted gone -> deleted = true;
                default -> {
                    // known to the broadcast
                }
            }
        }
        StreamCreated created = broadcast.created();
        return created == null
                ? Optional.empty()
                : Optional.of(new StreamLook(
                        created,
                        broadcast.phase(),
                        following,
                        title,
                        recorded,
                        deleted || isErased(history, created.broadcasterId())));
    }

    private static boolean isErased(History history, UUID personId) {
        return !history.read(events(tag(PERSON, personId), PersonErased.class)).isEmpty();
    }

    static List<UUID> ofBroadcaster(History history, UUID personId) {
        return history.read(events(tag(PERSON, personId), StreamCreated.class)).stream()
                .map(event -> ((StreamCreated) event).streamId())
                .toList();
    }
}
