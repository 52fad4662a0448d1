package app.veza.command.chat.reportmessage;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ReportMessageEndpoint {

    private static final String OPERATION = "chat.reportmessage";
    private static final int REASON_LENGTH = 1_000;

    private final Commands commands;

    ReportMessageEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** @param reason in the reporter's words */
    record Body(@Limits(max = REASON_LENGTH) @Nullable String reason) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/api/rooms/{roomId}/messages/{messageId}/report")
    ResponseEntity<Void> report(
            Caller caller,
            CommandRequest request,
            @PathVariable UUID roomId,
            @PathVariable UUID messageId,
            @RequestBody(required = false) @Nullable Body body) {
        var input = new InputCheck();
        String reason = input.optionalText("/reason", body == null ? null : body.reason(), REASON_LENGTH);
        input.verify();
        var command = new ReportMessage(roomId, messageId, caller.personId(), reason);
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, messageId, reason)));
    }
}
