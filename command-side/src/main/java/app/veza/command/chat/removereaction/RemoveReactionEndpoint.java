package app.veza.command.chat.removereaction;

import app.veza.command.InvalidInput;
import app.veza.command.chat.Emoji;
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
final class RemoveReactionEndpoint {

    private static final String OPERATION = "chat.removereaction";

    private final Commands commands;

    RemoveReactionEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/rooms/{roomId}/messages/{messageId}/reactions/{emoji}")
    ResponseEntity<Void> remove(
            Caller caller,
            CommandRequest request,
            @PathVariable UUID roomId,
            @PathVariable UUID messageId,
            @PathVariable String emoji) {
        var command = new RemoveReaction(roomId, messageId, caller.personId(), counted(emoji));
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, messageId, emoji)));
    }

    static String counted(String emoji) {
        return Emoji.parse(emoji).orElseThrow(() -> new InvalidInput("/emoji", "must be one emoji"));
    }
}
