package app.veza.command.notification.disablewebhook;

import app.veza.command.notification.Webhook;
import app.veza.command.notification.WebhookDecider;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookDisabled;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Any node may find that one takes nothing: it happens once. */
@Component
final class DisableWebhookHandler implements WebhookDecider<DisableWebhook> {

    @Override
    public Class<DisableWebhook> command() {
        return DisableWebhook.class;
    }

    @Override
    public List<VezaEvent> decide(DisableWebhook command, Optional<Webhook> state) {
        return state.filter(webhook -> webhook.disabled() == null)
                .<List<VezaEvent>>map(
                        webhook -> List.of(new WebhookDisabled(webhook.id(), webhook.ownerId(), command.cause())))
                .orElse(List.of());
    }
}
