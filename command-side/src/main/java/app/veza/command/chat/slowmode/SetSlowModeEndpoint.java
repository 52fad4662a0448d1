package app.veza.command.chat.slowmode;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class SetSlowModeEndpoint {

    private static final String OPERATION = "chat.slowmode";
    private static final int LONGEST = 21_600;

    private final Commands commands;

    SetSlowModeEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** @param seconds that must pass between two messages of one member; 0 for no slow mode */
    record Body(@Limits(max = LONGEST) @Required @Nullable Integer seconds) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping("/api/rooms/{roomId}/slow-mode")
    ResponseEntity<Void> set(Caller caller, CommandRequest request, @PathVariable UUID roomId, @RequestBody Body body) {
        var input = new InputCheck();
        Integer seconds = body.seconds();
        input.check(
                seconds != null && seconds >= 0 && seconds <= LONGEST,
                "/seconds",
                "must be a number of seconds from 0 to " + LONGEST);
        input.verify();
        var command = new SetSlowMode(roomId, caller.personId(), Objects.requireNonNull(seconds));
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, body)));
    }
}
