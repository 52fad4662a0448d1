package app.veza.command.streaming.admitbroadcaster;

import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.BroadcastDecider;
import app.veza.event.VezaEvent;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Its broadcaster, as long as it has not ended. Nothing happens by it: what counts is that the answer is exact. */
@Component
final class AdmitBroadcasterHandler implements BroadcastDecider<AdmitBroadcaster> {

    @Override
    public Class<AdmitBroadcaster> command() {
        return AdmitBroadcaster.class;
    }

    @Override
    public UUID streamId(AdmitBroadcaster command) {
        return command.streamId();
    }

    @Override
    public List<VezaEvent> decide(AdmitBroadcaster command, Broadcast broadcast) {
        broadcast.requireOwner(command.personId(), "Only its broadcaster may send audio to a stream.");
        broadcast.requireNotEnded();
        return List.of();
    }
}
