package app.veza.command.notification.rotatewebhooksecret;

import app.veza.command.notification.Webhook;
import app.veza.command.notification.WebhookDecider;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookSecretRotated;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The secret before it signs on for a while, the one before that no longer. */
@Component
final class RotateWebhookSecretHandler implements WebhookDecider<RotateWebhookSecret> {

    @Override
    public Class<RotateWebhookSecret> command() {
        return RotateWebhookSecret.class;
    }

    @Override
    public List<VezaEvent> decide(RotateWebhookSecret command, Optional<Webhook> state) {
        Webhook webhook = Webhook.requireOf(command.by(), state);
        return List.of(
                new WebhookSecretRotated(webhook.id(), webhook.ownerId(), command.secret(), command.formerUntil()));
    }
}
