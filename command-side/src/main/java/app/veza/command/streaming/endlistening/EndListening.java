package app.veza.command.streaming.endlistening;

import app.veza.event.streaming.ListenerLeft.Reason;
import java.util.List;
import java.util.UUID;

/**
 * People no longer listen to a stream.
 *
 * @param listenings as many as one append may hold, at most
 */
public record EndListening(UUID streamId, List<Listening> listenings, Reason reason) {

    /**
     * One time of listening.
     *
     * @param listenedMillis between joining and the last sign of listening
     */
    public record Listening(UUID personId, UUID listeningId, long listenedMillis) {}

    public EndListening {
        listenings = List.copyOf(listenings);
    }
}
