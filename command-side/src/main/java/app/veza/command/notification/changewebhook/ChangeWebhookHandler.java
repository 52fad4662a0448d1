package app.veza.command.notification.changewebhook;

import app.veza.command.InvalidInput;
import app.veza.command.notification.Webhook;
import app.veza.command.notification.WebhookDecider;
import app.veza.command.notification.WebhookInput;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookChanged;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookEnabled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose it is may change everything but what it is about: a room, or streams. */
@Component
final class ChangeWebhookHandler implements WebhookDecider<ChangeWebhook> {

    @Override
    public Class<ChangeWebhook> command() {
        return ChangeWebhook.class;
    }

    @Override
    public List<VezaEvent> decide(ChangeWebhook command, Optional<Webhook> state) {
        Webhook webhook = Webhook.requireOf(command.by(), state);
        String fault = command.urlFault();
        if (fault != null) {
            throw new InvalidInput("/url", fault);
        }
        List<VezaEvent> events = new ArrayList<>();
        WebhookChanged changed = changed(command, webhook);
        WebhookInput.requireToldOf(changed.types(), webhook.roomId() != null);
        if (!changed.equals(unchanged(webhook))) {
            events.add(changed);
        }
        Boolean enabled = command.enabled();
        if (enabled != null && enabled != (webhook.disabled() == null)) {
            events.add(
                    enabled
                            ? new WebhookEnabled(webhook.id(), webhook.ownerId())
                            : new WebhookDisabled(webhook.id(), webhook.ownerId(), WebhookDisabled.Cause.BY_OWNER));
        }
        return events;
    }

    private static WebhookChanged changed(ChangeWebhook command, Webhook webhook) {
        return new WebhookChanged(
                webhook.id(),
                webhook.ownerId(),
                Objects.requireNonNullElse(command.types(), webhook.types()),
                Objects.requireNonNullElse(command.url(), webhook.url()),
                description(command, webhook));
    }

    private static WebhookChanged unchanged(Webhook webhook) {
        return new WebhookChanged(
                webhook.id(), webhook.ownerId(), webhook.types(), webhook.url(), webhook.description());
    }

    private static @Nullable String description(ChangeWebhook command, Webhook webhook) {
        String wanted = command.description();
        if (wanted == null) {
            return webhook.description();
        }
        return wanted.isEmpty() ? null : wanted;
    }
}
