package app.veza.command.identity.blockperson;

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
final class BlockPersonEndpoint {

    private static final String OPERATION = "identity.blockperson";

    private final Commands commands;

    BlockPersonEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping("/api/users/{userId}/block")
    ResponseEntity<Void> block(Caller caller, CommandRequest request, @PathVariable UUID userId) {
        var command = new BlockPerson(caller.personId(), userId);
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, userId)));
    }
}
