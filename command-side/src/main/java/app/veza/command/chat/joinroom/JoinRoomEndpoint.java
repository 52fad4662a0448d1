package app.veza.command.chat.joinroom;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.OneOf;
import app.veza.command.http.PersonInPath;
import app.veza.event.chat.MemberRole;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class JoinRoomEndpoint {

    static final String ROUTE = "/api/rooms/{roomId}/members/{userId}";

    private static final String OPERATION = "chat.joinroom";

    private final Commands commands;

    JoinRoomEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** @param role member, moderator or owner */
    record Body(@OneOf(MemberRole.class) @Nullable String role) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping(ROUTE)
    ResponseEntity<Void> join(
            Caller caller,
            CommandRequest request,
            @PathVariable UUID roomId,
            @PathVariable String userId,
            @RequestBody(required = false) @Nullable Body body) {
        UUID personId = PersonInPath.resolve(userId, caller);
        var command = new JoinRoom(roomId, personId, caller.personId(), role(body == null ? null : body.role()));
        return Answers.noContent(
                commands.run(command, request.repeatable(OPERATION, roomId, personId, command.role())));
    }

    private static @Nullable MemberRole role(@Nullable String name) {
        if (name == null) {
            return null;
        }
        var input = new InputCheck();
        MemberRole role = input.choice("/role", name, MemberRole.class, MemberRole.MEMBER);
        input.verify();
        return role;
    }
}
