package app.veza.command.streaming.watchstream;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.streaming.Broadcast;
import app.veza.event.VezaEvent;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Who may hear it may look on, and hear it until it ends. Nothing happens by it: what counts is that the answer is exact, so that who was just invited is let in. */
@Component
final class WatchStreamHandler implements Decider<WatchStream, Broadcast> {

    @Override
    public Class<WatchStream> command() {
        return WatchStream.class;
    }

    @Override
    public Optional<EventCriteria> boundary(WatchStream command) {
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
    public List<VezaEvent> decide(WatchStream command, Broadcast broadcast) {
        broadcast.requireKnownTo(command.personId());
        if (command.listens()) {
            broadcast.requireNotEnded();
        }
        return List.of();
    }
}
