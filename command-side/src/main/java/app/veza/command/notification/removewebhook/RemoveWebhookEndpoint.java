package app.veza.command.notification.removewebhook;

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
final class RemoveWebhookEndpoint {

    private static final String OPERATION = "notification.removewebhook";

    private final Commands commands;

    RemoveWebhookEndpoint(Commands commands) {
        this.commands = commands;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/webhooks/{webhookId}")
    ResponseEntity<Void> remove(Caller caller, CommandRequest request, @PathVariable UUID webhookId) {
        var command = new RemoveWebhook(webhookId, caller.personId());
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, webhookId)));
    }
}
