package app.veza.command.notification.changewebhook;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.notification.WebhookInput;
import app.veza.command.notification.WebhookTargets;
import java.util.List;
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
final class ChangeWebhookEndpoint {

    private static final String OPERATION = "notification.changewebhook";

    private final Commands commands;
    private final WebhookTargets targets;

    ChangeWebhookEndpoint(Commands commands, WebhookTargets targets) {
        this.commands = commands;
        this.targets = targets;
    }

    /**
     * What is missing stays.
     *
     * @param description an empty one takes it away
     * @param enabled whether it is told anything
     */
    record Body(
            @Nullable String url,
            @Nullable List<@Nullable String> types,

            @Limits(max = WebhookInput.DESCRIPTION_LENGTH) @Nullable
            String description,

            @Nullable Boolean enabled) {

        boolean isEmpty() {
            return url == null && types == null && description == null && enabled == null;
        }

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PatchMapping("/api/webhooks/{webhookId}")
    ResponseEntity<Void> change(
            Caller caller, CommandRequest request, @PathVariable UUID webhookId, @RequestBody Body body) {
        var input = new InputCheck();
        input.check(!body.isEmpty(), "", "needs a url, types, a description or enabled");
        String url = body.url() == null ? null : input.required("/url", body.url());
        var types = body.types() == null ? null : WebhookInput.types(input, body.types());
        String description = input.optionalLine("/description", body.description(), WebhookInput.DESCRIPTION_LENGTH);
        input.verify();
        boolean withoutDescription = body.description() != null && description == null;
        var command = new ChangeWebhook(
                webhookId,
                caller.personId(),
                types,
                url,
                url == null ? null : targets.fault(url).orElse(null),
                withoutDescription ? "" : description,
                body.enabled());
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, webhookId, body)));
    }
}
