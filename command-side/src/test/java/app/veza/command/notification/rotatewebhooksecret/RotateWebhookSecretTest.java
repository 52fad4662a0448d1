package app.veza.command.notification.rotatewebhooksecret;

import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.notification.Webhook;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookSecretRotated;
import app.veza.event.notification.WebhookType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RotateWebhookSecretTest {

    private static final Instant UNTIL = Instant.parse("2026-12-01T12:00:00Z");

    private final UUID id = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    private final WebhookRegistered registered = new WebhookRegistered(
            id, ann, null, List.of(WebhookType.STREAM_STARTED), "https://hooks.example/", null, "whsec_b25l");
    private final WebhookSecretRotated rotated = new WebhookSecretRotated(id, ann, "whsec_dHdv", UNTIL);
    private final Scenario<RotateWebhookSecret, Optional<Webhook>> scenario =
            Scenario.of(new RotateWebhookSecretHandler());

    @Test
    void isForWhoseItIs() {
        scenario.given(registered)
                .when(new RotateWebhookSecret(id, ann, "whsec_dHdv", UNTIL))
                .then(rotated);
        scenario.given(registered)
                .when(new RotateWebhookSecret(id, ben, "whsec_dHdv", UNTIL))
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void theOneBeforeSignsBesideItForAWhile() {
        Optional<Webhook> once = Webhook.after(Webhook.after(Optional.empty(), registered), rotated);
        Optional<Webhook> twice =
                Webhook.after(once, new WebhookSecretRotated(id, ann, "whsec_dGhyZWU=", UNTIL.plusSeconds(5)));

        assertThat(once.orElseThrow().secretsAt(UNTIL.minusMillis(1))).containsExactly("whsec_dHdv", "whsec_b25l");
        assertThat(once.orElseThrow().secretsAt(UNTIL)).containsExactly("whsec_dHdv");
        assertThat(twice.orElseThrow().secretsAt(UNTIL.minusSeconds(60)))
                .containsExactly("whsec_dGhyZWU=", "whsec_dHdv");
    }

    @Test
    void whatIsSecretIsInNoLogLine() {
        assertThat(new RotateWebhookSecret(id, ann, "whsec_dHdv", UNTIL).toString())
                .doesNotContain("whsec_");
        assertThat(rotated.toString()).doesNotContain("whsec_");
        assertThat(Webhook.after(Optional.empty(), registered).toString()).doesNotContain("whsec_", "hooks.example");
    }
}
