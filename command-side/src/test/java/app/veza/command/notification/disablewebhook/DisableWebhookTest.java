package app.veza.command.notification.disablewebhook;

import app.veza.command.Scenario;
import app.veza.command.notification.Webhook;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DisableWebhookTest {

    private final UUID id = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final WebhookRegistered registered = new WebhookRegistered(
            id, ann, null, List.of(WebhookType.STREAM_STARTED), "https://hooks.example/", null, "whsec_c2VjcmV0");
    private final DisableWebhook gone = new DisableWebhook(id, Cause.GONE);
    private final Scenario<DisableWebhook, Optional<Webhook>> scenario = Scenario.of(new DisableWebhookHandler());

    @Test
    void happensOnce() {
        scenario.given(registered).when(gone).then(new WebhookDisabled(id, ann, Cause.GONE));
        scenario.given(registered, new WebhookDisabled(id, ann, Cause.FAILING))
                .when(gone)
                .thenNothing();
        scenario.given(registered, new WebhookDisabled(id, ann, Cause.FAILING), new WebhookEnabled(id, ann))
                .when(gone)
                .then(new WebhookDisabled(id, ann, Cause.GONE));
    }

    @Test
    void doesNotHappenToWhatIsNotThere() {
        scenario.given().when(gone).thenNothing();
        scenario.given(registered, new WebhookRemoved(id, ann)).when(gone).thenNothing();
    }
}
