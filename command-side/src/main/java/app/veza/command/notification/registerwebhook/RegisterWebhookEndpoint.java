package app.veza.command.notification.registerwebhook;

import app.veza.command.Ids;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import app.veza.command.notification.WebhookInput;
import app.veza.command.notification.WebhookTargets;
import app.veza.event.notification.WebhookRegistered;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RegisterWebhookEndpoint {

    private static final String OPERATION = "notification.registerwebhook";

    private final Commands commands;
    private final WebhookTargets targets;

    RegisterWebhookEndpoint(Commands commands, WebhookTargets targets) {
        this.commands = commands;
        this.targets = targets;
    }

    /**
     * @param url of https, on the public internet, with port 443 or one from 1024 on
     * @param types what to be told of: message.sent, message.edited, message.deleted, member.joined and member.left of a room,
     *     stream.started and stream.stopped without one
     * @param roomId a room that the caller owns; missing: the caller's own streams
     */
    record Body(
            @Required @Nullable String url,
            @Required @Nullable List<@Nullable String> types,
            @Nullable String roomId,

            @Limits(max = WebhookInput.DESCRIPTION_LENGTH) @Nullable
            String description) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    /**
     * Shown this once.
     *
     * @param secret to verify deliveries with, by the Standard Webhooks specification
     */
    record Answer(UUID webhookId, String secret) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Answer[]";
        }
    }

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/webhooks")
    ResponseEntity<Answer> register(Caller caller, CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        String url = input.required("/url", body.url());
        var types = WebhookInput.types(input, body.types());
        UUID room = input.optionalId("/roomId", body.roomId());
        String description = input.optionalLine("/description", body.description(), WebhookInput.DESCRIPTION_LENGTH);
        input.verify();
        var command = new RegisterWebhook(
                Ids.next(),
                caller.personId(),
                room,
                types,
                url,
                targets.fault(url).orElse(null),
                description,
                WebhookInput.newSecret());
        var outcome = commands.run(command, request.repeatable(OPERATION, body));
        var registered = outcome.event(WebhookRegistered.class).orElseThrow();
        return Answers.createdSecret(outcome, new Answer(registered.webhookId(), registered.secret()));
    }
}
