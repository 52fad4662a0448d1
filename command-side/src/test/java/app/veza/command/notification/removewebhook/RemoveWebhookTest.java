package app.veza.command.notification.removewebhook;

import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.notification.Webhook;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RemoveWebhookTest {

    private final UUID id = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    private final WebhookRegistered registered = new WebhookRegistered(
            id, ann, null, List.of(WebhookType.STREAM_STARTED), "https://hooks.example/", null, "whsec_c2VjcmV0");
    private final Scenario<RemoveWebhook, Optional<Webhook>> scenario = Scenario.of(new RemoveWebhookHandler());

    @Test
    void isRemovedOnceByWhoseItIs() {
        scenario.given(registered).when(new RemoveWebhook(id, ann)).then(new WebhookRemoved(id, ann));
        scenario.given(registered, new WebhookDisabled(id, ann, WebhookDisabled.Cause.GONE))
                .when(new RemoveWebhook(id, ann))
                .then(new WebhookRemoved(id, ann));
        scenario.given(registered, new WebhookRemoved(id, ann))
                .when(new RemoveWebhook(id, ann))
                .thenRejected(NOT_FOUND, "not-found");
        scenario.given(registered).when(new RemoveWebhook(id, ben)).thenRejected(NOT_FOUND, "not-found");
    }
}
