package app.veza.command.streaming.storesegments;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Rejection;
import app.veza.command.streaming.Broadcast;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.SegmentsStored;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Segments are told in their order, each once. Some may be missing between two, when a node died; the last ones may come after the
 * stream ended.
 */
@Component
final class StoreSegmentsHandler implements Decider<StoreSegments, StoreSegmentsHandler.State> {

    /** @param next number of the first segment that was not told */
    record State(Broadcast broadcast, int next) {}

    @Override
    public Class<StoreSegments> command() {
        return StoreSegments.class;
    }

    @Override
    public Optional<EventCriteria> boundary(StoreSegments command) {
        return Boundary.of(Broadcast.boundary(command.streamId()));
    }

    @Override
    public Optional<Further> further(StoreSegments command, State state) {
        return Optional.of(Further.last(events(tag(STREAM, command.streamId()), SegmentsStored.class)));
    }

    @Override
    public State initial() {
        return new State(Broadcast.UNKNOWN, 0);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(state.broadcast().evolve(event, state.broadcast().since()), state.next());
    }

    @Override
    public State evolveFurther(State state, VezaEvent event) {
        return event instanceof SegmentsStored stored
                ? new State(state.broadcast(), stored.firstSegment() + stored.segments())
                : state;
    }

    @Override
    public List<VezaEvent> decide(StoreSegments command, State state) {
        UUID broadcaster = state.broadcast().require().broadcasterId();
        state.broadcast().requireHeard();
        if (command.next() <= state.next()) {
            return List.of();
        }
        if (command.firstSegment() < state.next()) {
            throw new Rejection(
                    Rejection.Kind.CONFLICT,
                    "segments-overlap",
                    "Segments overlap",
                    "Segments before %d of the stream are told already: tell those from there on."
                            .formatted(state.next()));
        }
        return List.of(new SegmentsStored(
                command.streamId(),
                broadcaster,
                command.firstSegment(),
                command.segments(),
                command.durationMillis(),
                command.bytes(),
                command.loudness(),
                command.silentMillis()));
    }
}
