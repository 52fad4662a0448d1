package app.veza.command.chat.deletemessage;

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
final class DeleteMessageEndpoint {

    static final String ROUTE = "/api/rooms/{roomId}/messages/{messageId}";

    private static final String OPERATION = "chat.deletemessage";

    private final Commands commands;

    DeleteMessageEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping(ROUTE)
    ResponseEntity<Void> delete(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @PathVariable UUID messageId) {
        var command = new DeleteMessage(roomId, messageId, caller.personId());
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, messageId)));
    }
}
