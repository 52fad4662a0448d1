package app.veza.command.notification.testwebhook;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.notification.Webhook;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookTestRequested;
import app.veza.event.notification.WebhookType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TestWebhookTest {

    private final UUID id = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    private final WebhookRegistered registered = new WebhookRegistered(
            id, ann, null, List.of(WebhookType.STREAM_STARTED), "https://hooks.example/", null, "whsec_c2VjcmV0");
    private final WebhookDisabled disabled = new WebhookDisabled(id, ann, WebhookDisabled.Cause.FAILING);
    private final Scenario<TestWebhook, Optional<Webhook>> scenario = Scenario.of(new TestWebhookHandler());

    @Test
    void isTestedByWhoseItIs() {
        scenario.given(registered).when(new TestWebhook(id, ann)).then(new WebhookTestRequested(id, ann));
        scenario.given(registered).when(new TestWebhook(id, ben)).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isNotTestedWhileItIsDisabled() {
        scenario.given(registered, disabled).when(new TestWebhook(id, ann)).thenRejected(CONFLICT, "webhook-disabled");
        scenario.given(registered, disabled, new WebhookEnabled(id, ann))
                .when(new TestWebhook(id, ann))
                .then(new WebhookTestRequested(id, ann));
    }
}
