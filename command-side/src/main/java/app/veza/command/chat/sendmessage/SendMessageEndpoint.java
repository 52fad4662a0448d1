package app.veza.command.chat.sendmessage;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class SendMessageEndpoint {

    private final MessageEntry messages;

    SendMessageEndpoint(MessageEntry messages) {
        this.messages = messages;
    }

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/rooms/{roomId}/messages")
    ResponseEntity<MessageEntry.Sent> send(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @RequestBody MessageEntry.Body body) {
        MessageEntry.Sent sent = messages.send(caller.personId(), request, roomId, body);
        return Answers.created(sent.position(), sent);
    }
}
