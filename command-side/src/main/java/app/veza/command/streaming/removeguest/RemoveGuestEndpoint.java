package app.veza.command.streaming.removeguest;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.PersonInPath;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RemoveGuestEndpoint {

    private static final String OPERATION = "streaming.removeguest";

    private final Commands commands;

    RemoveGuestEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** @param userId of the guest, or {@code me} */
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/streams/{streamId}/guests/{userId}")
    ResponseEntity<Void> remove(
            Caller caller, CommandRequest request, @PathVariable UUID streamId, @PathVariable String userId) {
        UUID guest = PersonInPath.resolve(userId, caller);
        return Answers.noContent(commands.run(
                new RemoveGuest(streamId, guest, caller.personId()), request.repeatable(OPERATION, streamId, guest)));
    }
}
