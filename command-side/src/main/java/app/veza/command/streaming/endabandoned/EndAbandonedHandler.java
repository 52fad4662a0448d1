package app.veza.command.streaming.endabandoned;

import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.BroadcastDecider;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamStopped;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ends what is still interrupted; a broadcaster who came back in the last moment goes on. */
@Component
final class EndAbandonedHandler implements BroadcastDecider<EndAbandoned> {

    @Override
    public Class<EndAbandoned> command() {
        return EndAbandoned.class;
    }

    @Override
    public UUID streamId(EndAbandoned command) {
        return command.streamId();
    }

    @Override
    public List<VezaEvent> decide(EndAbandoned command, Broadcast broadcast) {
        UUID broadcaster = broadcast.require().broadcasterId();
        return broadcast.phase() == Phase.INTERRUPTED && broadcast.since() <= command.upTo()
                ? List.of(new StreamStopped(command.streamId(), broadcaster))
                : List.of();
    }
}
