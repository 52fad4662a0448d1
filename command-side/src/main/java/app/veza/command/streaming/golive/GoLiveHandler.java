package app.veza.command.streaming.golive;

import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.BroadcastDecider;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamWentLive;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A stream goes live once, by its broadcaster's audio; after an interruption it is resumed. */
@Component
final class GoLiveHandler implements BroadcastDecider<GoLive> {

    @Override
    public Class<GoLive> command() {
        return GoLive.class;
    }

    @Override
    public UUID streamId(GoLive command) {
        return command.streamId();
    }

    @Override
    public List<VezaEvent> decide(GoLive command, Broadcast broadcast) {
        broadcast.requireOwner(command.personId(), "Only its broadcaster may be heard on a stream.");
        broadcast.requireNotEnded();
        return broadcast.phase() == Phase.CREATED
                ? List.of(new StreamWentLive(command.streamId(), command.personId(), command.contentType()))
                : List.of();
    }
}
