package app.veza.command.chat.addreaction;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class AddReactionEndpoint {

    private final ReactionEntry reactions;

    AddReactionEndpoint(ReactionEntry reactions) {
        this.reactions = reactions;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping("/api/rooms/{roomId}/messages/{messageId}/reactions/{emoji}")
    ResponseEntity<Void> add(
            Caller caller,
            CommandRequest request,
            @PathVariable UUID roomId,
            @PathVariable UUID messageId,
            @PathVariable String emoji) {
        return Answers.noContent(reactions.add(caller.personId(), request, roomId, messageId, emoji));
    }
}
