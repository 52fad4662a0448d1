package app.veza.command.chat.unbanmember;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class UnbanMemberEndpoint {

    private static final String OPERATION = "chat.unbanmember";

    private final Commands commands;

    UnbanMemberEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/rooms/{roomId}/bans/{userId}")
    ResponseEntity<Void> unban(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @PathVariable UUID userId) {
        var command = new UnbanMember(roomId, userId, caller.personId());
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, userId)));
    }
}
