package app.veza.command.notification.removewebhook;

import app.veza.command.notification.Webhook;
import app.veza.command.notification.WebhookDecider;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookRemoved;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose it is may remove it, also when it is disabled. */
@Component
final class RemoveWebhookHandler implements WebhookDecider<RemoveWebhook> {

    @Override
    public Class<RemoveWebhook> command() {
        return RemoveWebhook.class;
    }

    @Override
    public List<VezaEvent> decide(RemoveWebhook command, Optional<Webhook> state) {
        Webhook webhook = Webhook.requireOf(command.by(), state);
        return List.of(new WebhookRemoved(webhook.id(), webhook.ownerId()));
    }
}
