package app.veza.command.streaming.deleterecording;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.StreamRejections;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.StreamCreated;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** The broadcaster deletes what was recorded of an ended stream, ready or not: then it never comes to be. */
@Component
final class DeleteRecordingHandler implements Decider<DeleteRecording, DeleteRecordingHandler.State> {

    record State(Broadcast broadcast, boolean isDeleted) {}

    @Override
    public Class<DeleteRecording> command() {
        return DeleteRecording.class;
    }

    @Override
    public Optional<EventCriteria> boundary(DeleteRecording command) {
        return Boundary.anyOf(
                Broadcast.boundary(command.streamId()),
                events(tag(STREAM, command.streamId()), RecordingDeleted.class));
    }

    @Override
    public State initial() {
        return new State(Broadcast.UNKNOWN, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return event instanceof RecordingDeleted
                ? new State(state.broadcast(), true)
                : new State(state.broadcast().evolve(event, state.broadcast().since()), state.isDeleted());
    }

    @Override
    public List<VezaEvent> decide(DeleteRecording command, State state) {
        StreamCreated stream =
                state.broadcast().requireOwner(command.by(), "Only its broadcaster may delete a stream's recording.");
        if (!stream.record()) {
            throw Rejection.notFound("The stream is not recorded.");
        }
        if (state.broadcast().phase() != Phase.ENDED) {
            throw StreamRejections.notEnded();
        }
        return state.isDeleted()
                ? List.of()
                : List.of(new RecordingDeleted(command.streamId(), stream.broadcasterId(), command.by()));
    }
}
