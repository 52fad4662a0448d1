package app.veza.command.notification.rotatewebhooksecret;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.notification.WebhookInput;
import app.veza.event.notification.WebhookSecretRotated;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RotateWebhookSecretEndpoint {

    private static final String OPERATION = "notification.rotatewebhooksecret";

    private static final Duration BESIDE = Duration.ofHours(24);

    private final Commands commands;
    private final InstantSource clock;

    RotateWebhookSecretEndpoint(Commands commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Shown this once.
     *
     * @param secret the new one; the one before signs beside it for a day
     */
    record Answer(String secret) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Answer[]";
        }
    }

    @PostMapping("/api/webhooks/{webhookId}/secret")
    ResponseEntity<Answer> rotate(Caller caller, CommandRequest request, @PathVariable UUID webhookId) {
        var command = new RotateWebhookSecret(
                webhookId,
                caller.personId(),
                WebhookInput.newSecret(),
                clock.instant().plus(BESIDE));
        var outcome = commands.run(command, request.repeatable(OPERATION, webhookId));
        return Answers.secret(
                outcome,
                new Answer(
                        outcome.event(WebhookSecretRotated.class).orElseThrow().secret()));
    }
}
