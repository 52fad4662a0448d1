package app.veza.command.streaming.stopstream;

import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.BroadcastDecider;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamStopped;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The broadcaster ends the stream, nobody else. What is ended stays ended. */
@Component
final class StopStreamHandler implements BroadcastDecider<StopStream> {

    @Override
    public Class<StopStream> command() {
        return StopStream.class;
    }

    @Override
    public UUID streamId(StopStream command) {
        return command.streamId();
    }

    @Override
    public List<VezaEvent> decide(StopStream command, Broadcast broadcast) {
        broadcast.requireOwner(command.by(), "Only its broadcaster may stop a stream.");
        return broadcast.phase() == Phase.ENDED
                ? List.of()
                : List.of(new StreamStopped(command.streamId(), command.by()));
    }
}
