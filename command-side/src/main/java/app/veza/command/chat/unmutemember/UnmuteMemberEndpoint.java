package app.veza.command.chat.unmutemember;

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
final class UnmuteMemberEndpoint {

    private static final String OPERATION = "chat.unmutemember";

    private final Commands commands;

    UnmuteMemberEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/rooms/{roomId}/mutes/{userId}")
    ResponseEntity<Void> unmute(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @PathVariable UUID userId) {
        var command = new UnmuteMember(roomId, userId, caller.personId());
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, userId)));
    }
}
