package app.veza.command.identity.endsessions;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class EndSessionsEndpoint {

    private final Commands commands;
    private final InstantSource clock;

    EndSessionsEndpoint(Commands commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /** All of the caller's sessions but the one that asks. */
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/auth/sessions")
    ResponseEntity<Void> others(Caller caller, CommandRequest request) {
        var command = new EndSessions(caller.personId(), caller.sessionId(), caller.personId(), clock.instant());
        return Answers.noContent(commands.run(command, request.unrepeatable()));
    }

    /** All sessions of a person, for an admin. */
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/users/{id}/sessions")
    ResponseEntity<Void> all(Caller caller, CommandRequest request, @PathVariable UUID id) {
        var command = new EndSessions(id, null, caller.personId(), clock.instant());
        return Answers.noContent(commands.run(command, request.unrepeatable()));
    }
}
