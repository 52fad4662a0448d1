package app.veza.command.notification.registerwebhook;

import app.veza.event.notification.WebhookType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Have a program told what happens.
 *
 * @param roomId where; null: to the person's own streams
 * @param urlFault why it cannot be told there, when it cannot: decided upon, so that a repeated request is answered as at first
 *     whatever its name says by now
 */
record RegisterWebhook(
        UUID webhookId,
        UUID personId,
        @Nullable UUID roomId,
        List<WebhookType> types,
        String url,
        @Nullable String urlFault,
        @Nullable String description,
        String secret) {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "RegisterWebhook[webhookId=%s, personId=%s]".formatted(webhookId, personId);
    }
}
