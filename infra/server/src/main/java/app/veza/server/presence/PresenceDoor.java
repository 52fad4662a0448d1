package app.veza.server.presence;

import app.veza.command.http.InputCheck;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * {@code presence.watch}: from now on the socket is told when these people come and go, and at first how they are; each call replaces the
 * one before. Who is not to be seen is left out, like who is not there.
 */
final class PresenceDoor implements SocketDoor {

    /** As many as a client shows at a time, several times over. */
    private static final int MOST = 500;

    private final Presence presence;

    PresenceDoor(Presence presence) {
        this.presence = presence;
    }

    @Override
    public String frameType() {
        return "presence.watch";
    }

    @Override
    public Cost cost() {
        return Cost.A_READ;
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new InputCheck();
        List<String> given = frame.optionalStrings("userIds").orElse(null);
        input.check(given != null, "/userIds", "is required, [] to watch nobody");
        input.check(given == null || given.size() <= MOST, "/userIds", "must not name more than " + MOST + " people");
        input.verify();
        List<UUID> people = given.stream().map(id -> input.id("/userIds", id)).toList();
        input.verify();
        Set<UUID> visible = presence.watch(frame.connection(), people);
        return Reply.ack(Map.of(
                        "userIds", visible.stream().map(UUID::toString).sorted().collect(Collectors.toList())))
                .then(() -> presence.tellState(frame.connection(), visible));
    }
}
