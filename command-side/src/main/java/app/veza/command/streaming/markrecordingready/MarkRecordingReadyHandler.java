package app.veza.command.streaming.markrecordingready;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.StreamRejections;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.StreamCreated;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** A stream that was to be recorded has one recording, once it has ended. What was deleted does not come back, nor does what an erased person said. */
@Component
final class MarkRecordingReadyHandler implements Decider<MarkRecordingReady, MarkRecordingReadyHandler.State> {

    /** @param isGone whether it was deleted, or its broadcaster erased */
    record State(Broadcast broadcast, boolean isReady, boolean isGone) {}

    @Override
    public Class<MarkRecordingReady> command() {
        return MarkRecordingReady.class;
    }

    @Override
    public Optional<EventCriteria> boundary(MarkRecordingReady command) {
        return Boundary.anyOf(
                Broadcast.boundary(command.streamId()),
                events(tag(STREAM, command.streamId()), RecordingReady.class, RecordingDeleted.class));
    }

    @Override
    public Optional<Further> further(MarkRecordingReady command, State state) {
        return Optional.ofNullable(state.broadcast().created())
                .map(stream -> Further.last(events(tag(PERSON, stream.broadcasterId()), PersonErased.class)));
    }

    @Override
    public State initial() {
        return new State(Broadcast.UNKNOWN, false, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case RecordingReady ready -> new State(state.broadcast(), true, state.isGone());
            case RecordingDeleted deleted -> new State(state.broadcast(), state.isReady(), true);
            case PersonErased erased -> new State(state.broadcast(), state.isReady(), true);
            default ->
                new State(state.broadcast().evolve(event, state.broadcast().since()), state.isReady(), state.isGone());
        };
    }

    @Override
    public List<VezaEvent> decide(MarkRecordingReady command, State state) {
        StreamCreated stream = state.broadcast().require();
        if (state.broadcast().phase() != Phase.ENDED) {
            throw StreamRejections.notEnded();
        }
        if (state.isGone() || !stream.record()) {
            throw new Rejection(
                    Rejection.Kind.CONFLICT,
                    "recording-unwanted",
                    "Recording unwanted",
                    "The recording was deleted, its broadcaster erased, or none was wanted: what is stored of it must go.");
        }
        return state.isReady()
                ? List.of()
                : List.of(new RecordingReady(
                        command.streamId(), stream.broadcasterId(), command.durationMillis(), command.bytes()));
    }
}
