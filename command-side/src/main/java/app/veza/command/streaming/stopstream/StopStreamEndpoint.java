package app.veza.command.streaming.stopstream;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class StopStreamEndpoint {

    private static final String OPERATION = "streaming.stopstream";

    private final Commands commands;

    StopStreamEndpoint(Commands commands) {
        this.commands = commands;
    }

    record Answer(UUID streamId, String state) {}

    @PostMapping("/api/streams/{streamId}/stop")
    ResponseEntity<Answer> stop(Caller caller, CommandRequest request, @PathVariable UUID streamId) {
        var outcome =
                commands.run(new StopStream(streamId, caller.personId()), request.repeatable(OPERATION, streamId));
        return Answers.ok(outcome, new Answer(streamId, "ended"));
    }
}
