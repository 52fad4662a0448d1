package app.veza.command.streaming.deleterecording;

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
final class DeleteRecordingEndpoint {

    private static final String OPERATION = "streaming.deleterecording";

    private final Commands commands;

    DeleteRecordingEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/streams/{streamId}/recording")
    ResponseEntity<Void> delete(Caller caller, CommandRequest request, @PathVariable UUID streamId) {
        return Answers.noContent(commands.run(
                new DeleteRecording(streamId, caller.personId()), request.repeatable(OPERATION, streamId)));
    }
}
