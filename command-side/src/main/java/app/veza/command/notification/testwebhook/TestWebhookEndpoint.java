package app.veza.command.notification.testwebhook;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class TestWebhookEndpoint {

    private static final String OPERATION = "notification.testwebhook";

    private final Commands commands;

    TestWebhookEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** It follows soon; what waits for the webhook need not wait any longer either. */
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/webhooks/{webhookId}/test")
    ResponseEntity<Void> test(Caller caller, CommandRequest request, @PathVariable UUID webhookId) {
        var command = new TestWebhook(webhookId, caller.personId());
        return Answers.accepted(commands.run(command, request.repeatable(OPERATION, webhookId)));
    }
}
