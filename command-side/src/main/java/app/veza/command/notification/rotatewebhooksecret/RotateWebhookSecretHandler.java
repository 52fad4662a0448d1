package app.veza.command.notification.rotatewebhooksecret;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.notification.Webhook;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookSecretRotated;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** The secret before it signs on for a while, the one before that no longer. */
@Component
final class RotateWebhookSecretHandler implements Decider<RotateWebhookSecret, Optional<Webhook>> {

    @Override
    public Class<RotateWebhookSecret> command() {
        return RotateWebhookSecret.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RotateWebhookSecret command) {
        return Boundary.of(Webhook.of(command.webhookId()));
    }

    @Override
    public Optional<Webhook> initial() {
        return Optional.empty();
    }

    @Override
    public Optional<Webhook> evolve(Optional<Webhook> state, VezaEvent event) {
        return Webhook.after(state, event);
    }

    @Override
    public List<VezaEvent> decide(RotateWebhookSecret command, Optional<Webhook> state) {
        Webhook webhook = Webhook.requireOf(command.by(), state);
        return List.of(
                new WebhookSecretRotated(webhook.id(), webhook.ownerId(), command.secret(), command.formerUntil()));
    }
}
