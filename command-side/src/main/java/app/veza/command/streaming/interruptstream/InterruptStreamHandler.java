package app.veza.command.streaming.interruptstream;

import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.BroadcastDecider;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamInterrupted;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is live is interrupted, once; a node that is late to notice does not cut off who is back already. */
@Component
final class InterruptStreamHandler implements BroadcastDecider<InterruptStream> {

    @Override
    public Class<InterruptStream> command() {
        return InterruptStream.class;
    }

    @Override
    public UUID streamId(InterruptStream command) {
        return command.streamId();
    }

    @Override
    public List<VezaEvent> decide(InterruptStream command, Broadcast broadcast) {
        UUID broadcaster = broadcast.require().broadcasterId();
        return broadcast.phase() == Phase.LIVE && broadcast.since() <= command.upTo()
                ? List.of(new StreamInterrupted(command.streamId(), broadcaster))
                : List.of();
    }
}
