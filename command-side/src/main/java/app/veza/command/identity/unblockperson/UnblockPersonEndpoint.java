package app.veza.command.identity.unblockperson;

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
final class UnblockPersonEndpoint {

    private static final String OPERATION = "identity.unblockperson";

    private final Commands commands;

    UnblockPersonEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/users/{userId}/block")
    ResponseEntity<Void> unblock(Caller caller, CommandRequest request, @PathVariable UUID userId) {
        var command = new UnblockPerson(caller.personId(), userId);
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, userId)));
    }
}
