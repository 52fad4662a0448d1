package app.veza.command.chat.editmessage;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class EditMessageEndpoint {

    private final EditEntry edits;

    EditMessageEndpoint(EditEntry edits) {
        this.edits = edits;
    }

    record Body(
            @Limits(min = 1, max = EditEntry.TEXT_LENGTH) @Required @Nullable
            String text) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PatchMapping("/api/rooms/{roomId}/messages/{messageId}")
    ResponseEntity<Void> edit(
            Caller caller,
            CommandRequest request,
            @PathVariable UUID roomId,
            @PathVariable UUID messageId,
            @RequestBody Body body) {
        return Answers.noContent(edits.edit(caller.personId(), request, roomId, messageId, body.text()));
    }
}
