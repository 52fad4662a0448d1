package app.veza.command.chat.watchroom;

import app.veza.command.http.Commands;
import app.veza.eventstore.command.CommandOptions;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The door of who follows a room, for those that send its events out. */
@Component
public final class RoomAdmission {

    private final Commands commands;

    RoomAdmission(Commands commands) {
        this.commands = commands;
    }

    /**
     * The position up to which the person is known to be a member: one who leaves does so after it.
     *
     * @throws app.veza.command.Rejection when the person is no member, as over HTTP
     */
    public long admit(UUID personId, UUID roomId) {
        return commands.run(new WatchRoom(roomId, personId, null), CommandOptions.none())
                .position();
    }

    /** @throws app.veza.command.Rejection when the person could say nothing there now, as for a message */
    public void admitSpeaker(UUID personId, UUID roomId) {
        commands.run(new WatchRoom(roomId, personId, Instant.now()), CommandOptions.none());
    }
}
