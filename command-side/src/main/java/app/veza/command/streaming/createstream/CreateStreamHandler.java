package app.veza.command.streaming.createstream;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Past;
import app.veza.command.Rejection;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Anybody may open a stream; not streams without end, for each that has not ended is kept in mind by every node. */
@Component
final class CreateStreamHandler implements Decider<CreateStream, Past<VezaEvent>> {

    static final int MOST_OPEN = 50;

    @Override
    public Class<CreateStream> command() {
        return CreateStream.class;
    }

    @Override
    public Optional<EventCriteria> boundary(CreateStream command) {
        return Boundary.of(events(tag(PERSON, command.broadcasterId()), StreamCreated.class, StreamStopped.class));
    }

    @Override
    public Past<VezaEvent> initial() {
        return Past.none();
    }

    @Override
    public Past<VezaEvent> evolve(Past<VezaEvent> state, VezaEvent event) {
        return state.with(event);
    }

    @Override
    public List<VezaEvent> decide(CreateStream command, Past<VezaEvent> state) {
        if (open(state) >= MOST_OPEN) {
            throw new Rejection(
                    Rejection.Kind.CONFLICT,
                    "too-many-streams",
                    "Too many streams",
                    "You have " + MOST_OPEN + " streams that have not ended: stop one first.");
        }
        return List.of(new StreamCreated(
                command.streamId(),
                command.broadcasterId(),
                command.title(),
                command.description(),
                command.visibility(),
                command.record()));
    }

    private static int open(Past<VezaEvent> state) {
        Set<UUID> open = new HashSet<>();
        for (VezaEvent event : state) {
            switch (event) {
                case StreamCreated created -> open.add(created.streamId());
                case StreamStopped stopped -> open.remove(stopped.streamId());
                default -> {}
            }
        }
        return open.size();
    }
}
