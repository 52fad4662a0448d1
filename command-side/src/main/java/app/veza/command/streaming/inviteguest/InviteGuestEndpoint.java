package app.veza.command.streaming.inviteguest;

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
final class InviteGuestEndpoint {

    private static final String OPERATION = "streaming.inviteguest";

    private final Commands commands;

    InviteGuestEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping("/api/streams/{streamId}/guests/{userId}")
    ResponseEntity<Void> invite(
            Caller caller, CommandRequest request, @PathVariable UUID streamId, @PathVariable UUID userId) {
        return Answers.noContent(commands.run(
                new InviteGuest(streamId, userId, caller.personId()), request.repeatable(OPERATION, streamId, userId)));
    }
}
