package app.veza.command.chat.leaveerased;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.History;
import app.veza.command.http.Commands;
import app.veza.event.VezaEvent;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.identity.PersonErased;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The door of who carries out erasures. */
@Component
public final class ErasedMemberships {

    private final Commands commands;
    private final History history;

    ErasedMemberships(Commands commands, History history) {
        this.commands = commands;
        this.history = history;
    }

    /**
     * Takes the person out of all rooms, each by a command of its own; it may be repeated. Nothing happens to one who is not erased.
     *
     * @throws RuntimeException when it cannot be done to the end now
     */
    public void end(UUID personId) {
        history.readDated(events(tag(PERSON, personId), PersonErased.class)).stream()
                .findFirst()
                .ifPresent(erased -> roomsOf(personId)
                        .forEach(room -> commands.run(new LeaveErased(room, personId), erased.following())));
    }

    private Set<UUID> roomsOf(UUID personId) {
        Set<UUID> rooms = new LinkedHashSet<>();
        for (VezaEvent event : history.read(events(tag(PERSON, personId), MemberJoined.class, MemberLeft.class))) {
            switch (event) {
                case MemberJoined joined -> rooms.add(joined.roomId());
                case MemberLeft left -> rooms.remove(left.roomId());
                default -> throw new IllegalStateException("Not asked for: " + event.getClass());
            }
        }
        // Nobody leaves these: to decide so would ask the sequencer, for each of them at each start
        rooms.removeIf(room ->
                !history.read(events(tag(ROOM, room), DirectRoomOpened.class)).isEmpty());
        return rooms;
    }
}
