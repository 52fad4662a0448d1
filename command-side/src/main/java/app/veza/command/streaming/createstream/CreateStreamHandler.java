package app.veza.command.streaming.createstream;

import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamCreated;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Anybody may open a stream: its id is new, so nothing that happened matters. */
@Component
final class CreateStreamHandler implements Decider<CreateStream, CreateStreamHandler.Nothing> {

    /** There is nothing to know. */
    record Nothing() {}

    @Override
    public Class<CreateStream> command() {
        return CreateStream.class;
    }

    @Override
    public Optional<EventCriteria> boundary(CreateStream command) {
        return Optional.empty();
    }

    @Override
    public Nothing initial() {
        return new Nothing();
    }

    @Override
    public Nothing evolve(Nothing state, VezaEvent event) {
        return state;
    }

    @Override
    public List<VezaEvent> decide(CreateStream command, Nothing state) {
        return List.of(new StreamCreated(
                command.streamId(),
                command.broadcasterId(),
                command.title(),
                command.description(),
                command.visibility(),
                command.record()));
    }
}
