package app.veza.command.notification.disablewebhook;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.notification.Webhook;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookDisabled;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Any node may find that one takes nothing: it happens once. */
@Component
final class DisableWebhookHandler implements Decider<DisableWebhook, Optional<Webhook>> {

    @Override
    public Class<DisableWebhook> command() {
        return DisableWebhook.class;
    }

    @Override
    public Optional<EventCriteria> boundary(DisableWebhook command) {
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
    public List<VezaEvent> decide(DisableWebhook command, Optional<Webhook> state) {
        return state.filter(webhook -> webhook.disabled() == null)
                .<List<VezaEvent>>map(
                        webhook -> List.of(new WebhookDisabled(webhook.id(), webhook.ownerId(), command.cause())))
                .orElse(List.of());
    }
}
