package app.veza.command.identity.logout;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LogOutEndpoint {

    private final Commands commands;

    LogOutEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/auth/logout")
    ResponseEntity<Void> logOut(Caller caller, CommandRequest request) {
        return Answers.noContent(
                commands.run(new LogOut(caller.sessionId(), caller.personId()), request.unrepeatable()));
    }
}
