package app.veza.command.streaming.joinstream;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.streaming.Broadcast;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.ListenerJoined;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Whoever may hear a stream joins it until it ends, also before it is live. Listeners do not wait for each other. */
@Component
final class JoinStreamHandler implements Decider<JoinStream, Broadcast> {

    @Override
    public Class<JoinStream> command() {
        return JoinStream.class;
    }

    @Override
    public Optional<EventCriteria> boundary(JoinStream command) {
        return Boundary.of(Broadcast.boundary(command.streamId(), command.personId()));
    }

    @Override
    public Broadcast initial() {
        return Broadcast.UNKNOWN;
    }

    @Override
    public Broadcast evolve(Broadcast broadcast, VezaEvent event) {
        return broadcast.evolve(event, broadcast.since());
    }

    @Override
    public List<VezaEvent> decide(JoinStream command, Broadcast broadcast) {
        broadcast.requireKnownTo(command.personId());
        broadcast.requireNotEnded();
        return List.of(new ListenerJoined(command.streamId(), command.personId(), command.listeningId()));
    }
}
