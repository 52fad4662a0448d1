package app.veza.command.streaming.admitbroadcaster;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.History;
import app.veza.command.http.Commands;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamCreated;
import app.veza.eventstore.command.CommandOptions;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** The door of who sends audio, for those that take it. */
@Component
public final class BroadcastAdmission {

    private final Commands commands;
    private final History history;

    BroadcastAdmission(Commands commands, History history) {
        this.commands = commands;
        this.history = history;
    }

    /**
     * A stream whose broadcaster is let in.
     *
     * @param phase created when nothing was heard yet, else live or interrupted: then they come back
     * @param nextSegment number after the last segment that the log tells of
     */
    public record Admitted(StreamCreated stream, Phase phase, int nextSegment) {}

    /**
     * How the stream stands, as everything that this node acknowledged has it.
     *
     * @throws app.veza.command.Rejection when there is no such stream for this person ({@code not-found}), when it is another's ({@code
     *     forbidden}), or when it has ended ({@code stream-ended})
     */
    public Admitted admit(UUID personId, UUID streamId) {
        commands.run(new AdmitBroadcaster(streamId, personId), CommandOptions.none());
        Broadcast broadcast = Broadcast.UNKNOWN;
        int nextSegment = 0;
        for (VezaEvent event : history.read(EventCriteria.either(
                Broadcast.boundary(streamId), events(tag(STREAM, streamId), SegmentsStored.class)))) {
            broadcast = broadcast.evolve(event, broadcast.since());
            if (event instanceof SegmentsStored stored) {
                nextSegment = stored.firstSegment() + stored.segments();
            }
        }
        broadcast.requireNotEnded();
        return new Admitted(broadcast.require(), broadcast.phase(), nextSegment);
    }
}
