package app.veza.command.chat.banmember;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class BanMemberEndpoint {

    private static final String OPERATION = "chat.banmember";

    private final Commands commands;

    BanMemberEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping("/api/rooms/{roomId}/bans/{userId}")
    ResponseEntity<Void> ban(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @PathVariable UUID userId) {
        var command = new BanMember(roomId, userId, caller.personId());
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, userId)));
    }
}
