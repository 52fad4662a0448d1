package app.veza.command.chat.markread;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class MarkReadEndpoint {

    private static final String OPERATION = "chat.markread";

    private final Commands commands;

    MarkReadEndpoint(Commands commands) {
        this.commands = commands;
    }

    record Body(@Required @Nullable String messageId) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/api/rooms/{roomId}/read")
    ResponseEntity<Void> read(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @RequestBody Body body) {
        var input = new InputCheck();
        UUID messageId = input.id("/messageId", body.messageId());
        input.verify();
        var command = new MarkRead(roomId, caller.personId(), messageId);
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, body)));
    }
}
