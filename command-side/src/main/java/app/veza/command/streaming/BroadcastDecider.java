package app.veza.command.streaming;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * A use case that is decided by whose a stream is and how far it is, and by nothing else.
 *
 * @param <C> the command
 */
public interface BroadcastDecider<C> extends Decider<C, Broadcast> {

    UUID streamId(C command);

    @Override
    default Optional<EventCriteria> boundary(C command) {
        return Boundary.of(Broadcast.boundary(streamId(command)));
    }

    @Override
    default Broadcast initial() {
        return Broadcast.UNKNOWN;
    }

    @Override
    default Broadcast evolve(Broadcast broadcast, VezaEvent event) {
        return evolve(broadcast, event, broadcast.since());
    }

    @Override
    default Broadcast evolve(Broadcast broadcast, VezaEvent event, long position) {
        return broadcast.evolve(event, position);
    }
}
