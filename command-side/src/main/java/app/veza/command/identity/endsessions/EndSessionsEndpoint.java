package app.veza.command.identity.endsessions;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.identity.session.ManySessions;
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
    private final ManySessions sessions;
    private final InstantSource clock;

    EndSessionsEndpoint(Commands commands, ManySessions sessions, InstantSource clock) {
        this.commands = commands;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** All of the caller's sessions but the one that asks. */
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/auth/sessions")
    ResponseEntity<Void> others(Caller caller, CommandRequest request) {
        return end(new EndSessions(caller.personId(), caller.sessionId(), caller.personId(), clock.instant()), request);
    }

    /** All sessions of a person, for an admin. */
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/users/{id}/sessions")
    ResponseEntity<Void> all(Caller caller, CommandRequest request, @PathVariable UUID id) {
        return end(new EndSessions(id, null, caller.personId(), clock.instant()), request);
    }

    private ResponseEntity<Void> end(EndSessions command, CommandRequest request) {
        sessions.endMost(command.personId(), command.kept(), request.unrepeatable());
        return Answers.noContent(commands.run(command, request.unrepeatable()));
    }
}
