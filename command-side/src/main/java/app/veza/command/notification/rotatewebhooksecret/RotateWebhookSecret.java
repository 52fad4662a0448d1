package app.veza.command.notification.rotatewebhooksecret;

import app.veza.command.notification.WebhookCommand;
import java.time.Instant;
import java.util.UUID;

/**
 * Sign what a webhook is sent with another secret.
 *
 * @param formerUntil how long the present one signs beside it
 */
record RotateWebhookSecret(UUID webhookId, UUID by, String secret, Instant formerUntil) implements WebhookCommand {

    /** Without the secret. */
    @Override
    public String toString() {
        return "RotateWebhookSecret[webhookId=%s, by=%s]".formatted(webhookId, by);
    }
}
