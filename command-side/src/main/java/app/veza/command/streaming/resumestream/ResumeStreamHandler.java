package app.veza.command.streaming.resumestream;

import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.BroadcastDecider;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamResumed;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is interrupted goes on; where the interruption was never noticed there is nothing to resume. */
@Component
final class ResumeStreamHandler implements BroadcastDecider<ResumeStream> {

    @Override
    public Class<ResumeStream> command() {
        return ResumeStream.class;
    }

    @Override
    public UUID streamId(ResumeStream command) {
        return command.streamId();
    }

    @Override
    public List<VezaEvent> decide(ResumeStream command, Broadcast broadcast) {
        UUID broadcaster = broadcast.require().broadcasterId();
        broadcast.requireNotEnded();
        broadcast.requireHeard();
        return broadcast.phase() == Phase.INTERRUPTED
                ? List.of(new StreamResumed(command.streamId(), broadcaster, command.silenceMillis()))
                : List.of();
    }
}
