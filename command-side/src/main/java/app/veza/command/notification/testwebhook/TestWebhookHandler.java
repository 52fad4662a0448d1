package app.veza.command.notification.testwebhook;

import app.veza.command.notification.Webhook;
import app.veza.command.notification.WebhookDecider;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookTestRequested;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Only one that is enabled: no other is sent anything. */
@Component
final class TestWebhookHandler implements WebhookDecider<TestWebhook> {

    @Override
    public Class<TestWebhook> command() {
        return TestWebhook.class;
    }

    @Override
    public List<VezaEvent> decide(TestWebhook command, Optional<Webhook> state) {
        Webhook webhook = Webhook.requireOf(command.by(), state);
        webhook.requireEnabled();
        return List.of(new WebhookTestRequested(webhook.id(), webhook.ownerId()));
    }
}
