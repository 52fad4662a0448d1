package app.veza.command.identity.unlinkprovider;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class UnlinkProviderEndpoint {

    private final Commands commands;

    UnlinkProviderEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** Also when there was no such link: then there is none either. */
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/me/providers/{provider}")
    ResponseEntity<Void> unlink(Caller caller, CommandRequest request, @PathVariable String provider) {
        return Answers.noContent(commands.run(new UnlinkProvider(caller.personId(), provider), request.unrepeatable()));
    }
}
