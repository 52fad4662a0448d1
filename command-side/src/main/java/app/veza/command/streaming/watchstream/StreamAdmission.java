package app.veza.command.streaming.watchstream;

import app.veza.command.http.Commands;
import app.veza.eventstore.command.CommandOptions;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The door of who follows a stream, for those that tell what becomes of it. */
@Component
public final class StreamAdmission {

    private final Commands commands;

    StreamAdmission(Commands commands) {
        this.commands = commands;
    }

    /**
     * The position up to which the person is known to be let in: one whose invitation is taken back loses it after it.
     *
     * @throws app.veza.command.Rejection when there is no such stream for this person, as over HTTP
     */
    public long admit(UUID personId, UUID streamId) {
        return commands.run(new WatchStream(streamId, personId, false), CommandOptions.none())
                .position();
    }

    /**
     * The same for who goes on listening.
     *
     * @throws app.veza.command.Rejection also when the stream has ended
     */
    public long admitListener(UUID personId, UUID streamId) {
        return commands.run(new WatchStream(streamId, personId, true), CommandOptions.none())
                .position();
    }
}
