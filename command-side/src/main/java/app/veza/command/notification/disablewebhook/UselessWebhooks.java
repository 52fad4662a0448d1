package app.veza.command.notification.disablewebhook;

import app.veza.command.Ids;
import app.veza.command.http.Commands;
import app.veza.event.notification.WebhookDisabled;
import app.veza.eventstore.command.CommandOptions;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The door of who sends webhooks what they are told. */
@Component
public final class UselessWebhooks {

    private final Commands commands;

    UselessWebhooks(Commands commands) {
        this.commands = commands;
    }

    /**
     * It is told nothing more. Nothing happens to one that is disabled already, or is there no more.
     *
     * @throws RuntimeException when it cannot be noted now
     */
    public void disable(UUID webhookId, WebhookDisabled.Cause cause) {
        commands.run(
                new DisableWebhook(webhookId, cause),
                new CommandOptions(
                        null,
                        null,
                        0,
                        Map.of(CommandOptions.CORRELATION, Ids.next().toString())));
    }
}
