package app.veza.command.identity.endsession;

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
final class EndSessionEndpoint {

    static final String ROUTE = "/auth/sessions/{id}";

    private final Commands commands;

    EndSessionEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping(ROUTE)
    ResponseEntity<Void> end(Caller caller, CommandRequest request, @PathVariable UUID id) {
        return Answers.noContent(commands.run(new EndSession(id, caller.personId()), request.unrepeatable()));
    }
}
