package app.veza.command.notification.testwebhook;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.notification.Webhook;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookTestRequested;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Only one that is enabled: no other is sent anything. */
@Component
final class TestWebhookHandler implements Decider<TestWebhook, Optional<Webhook>> {

    @Override
    public Class<TestWebhook> command() {
        return TestWebhook.class;
    }

    @Override
    public Optional<EventCriteria> boundary(TestWebhook command) {
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
    public List<VezaEvent> decide(TestWebhook command, Optional<Webhook> state) {
        Webhook webhook = Webhook.requireOf(command.by(), state);
        webhook.requireEnabled();
        return List.of(new WebhookTestRequested(webhook.id(), webhook.ownerId()));
    }
}
