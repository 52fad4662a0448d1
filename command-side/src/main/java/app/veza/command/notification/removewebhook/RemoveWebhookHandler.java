package app.veza.command.notification.removewebhook;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.notification.Webhook;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookRemoved;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Whose it is may remove it, also when it is disabled. */
@Component
final class RemoveWebhookHandler implements Decider<RemoveWebhook, Optional<Webhook>> {

    @Override
    public Class<RemoveWebhook> command() {
        return RemoveWebhook.class;
    }

    @Override
    public Optional<EventCriteria> boundary(RemoveWebhook command) {
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
    public List<VezaEvent> decide(RemoveWebhook command, Optional<Webhook> state) {
        Webhook webhook = Webhook.requireOf(command.by(), state);
        return List.of(new WebhookRemoved(webhook.id(), webhook.ownerId()));
    }
}
