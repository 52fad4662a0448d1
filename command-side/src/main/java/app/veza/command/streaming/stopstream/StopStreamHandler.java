package app.veza.command.streaming.stopstream;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Rejection;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.Visibility;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The broadcaster ends the stream, nobody else. What is ended stays ended. */
@Component
final class StopStreamHandler implements Decider<StopStream, StopStreamHandler.State> {

    /** @param created null while there is no stream */
    record State(@Nullable StreamCreated created, boolean stopped) {}

    @Override
    public Class<StopStream> command() {
        return StopStream.class;
    }

    @Override
    public Optional<EventCriteria> boundary(StopStream command) {
        return Boundary.of(events(tag(STREAM, command.streamId()), StreamCreated.class, StreamStopped.class));
    }

    @Override
    public State initial() {
        return new State(null, false);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case StreamCreated created -> new State(created, state.stopped());
            case StreamStopped stopped -> new State(state.created(), true);
            default -> state;
        };
    }

    @Override
    public List<VezaEvent> decide(StopStream command, State state) {
        StreamCreated created = state.created();
        boolean isOwner = created != null && created.broadcasterId().equals(command.by());
        if (created == null || (created.visibility() == Visibility.PRIVATE && !isOwner)) {
            throw Rejection.notFound("There is no such stream.");
        }
        if (!isOwner) {
            throw Rejection.forbidden("Only its broadcaster may stop a stream.");
        }
        return state.stopped() ? List.of() : List.of(new StreamStopped(command.streamId(), command.by()));
    }
}
