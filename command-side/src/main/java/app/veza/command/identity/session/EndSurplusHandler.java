package app.veza.command.identity.session;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** As many at once as one append takes: who has more is asked about again. */
@Component
final class EndSurplusHandler implements Decider<EndSurplus, LiveSessions> {

    @Override
    public Class<EndSurplus> command() {
        return EndSurplus.class;
    }

    @Override
    public Optional<EventCriteria> boundary(EndSurplus command) {
        return Boundary.of(LiveSessions.of(command.personId()));
    }

    @Override
    public LiveSessions initial() {
        return LiveSessions.NONE;
    }

    @Override
    public LiveSessions evolve(LiveSessions state, VezaEvent event) {
        return state.after(event);
    }

    @Override
    public List<VezaEvent> decide(EndSurplus command, LiveSessions state) {
        return state.endBeyond(ManySessions.MOST, command.kept(), command.at()).stream()
                .limit(ManySessions.MOST)
                .toList();
    }
}
