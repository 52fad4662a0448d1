package app.veza.command.chat.leaveroom;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.PersonInPath;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LeaveRoomEndpoint {

    static final String ROUTE = "/api/rooms/{roomId}/members/{userId}";

    private static final String OPERATION = "chat.leaveroom";

    private final Commands commands;

    LeaveRoomEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping(ROUTE)
    ResponseEntity<Void> leave(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @PathVariable String userId) {
        var command = new LeaveRoom(roomId, PersonInPath.resolve(userId, caller), caller.personId());
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, command.personId())));
    }
}
