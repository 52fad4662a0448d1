package app.veza.command.identity.requestverification;

import app.veza.command.Ids;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Always 202: that an address was claimed by somebody else meanwhile is not told. */
@RestController
final class RequestVerificationEndpoint {

    private final Commands commands;
    private final InstantSource clock;

    RequestVerificationEndpoint(Commands commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/auth/email/verification")
    ResponseEntity<Void> request(Caller caller, CommandRequest request) {
        return Answers.accepted(commands.run(
                new RequestVerification(caller.personId(), Ids.next(), clock.instant()), request.unrepeatable()));
    }
}
