package app.veza.command.notification.changewebhook;

import app.veza.command.notification.WebhookCommand;
import app.veza.event.notification.WebhookType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Have a webhook told other things, elsewhere, or nothing for a while. What is null stays.
 *
 * @param urlFault why it cannot be told there, when it cannot
 * @param description empty to take it away
 */
record ChangeWebhook(
        UUID webhookId,
        UUID by,
        @Nullable List<WebhookType> types,
        @Nullable String url,
        @Nullable String urlFault,
        @Nullable String description,
        @Nullable Boolean enabled)
        implements WebhookCommand {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "ChangeWebhook[webhookId=%s, by=%s]".formatted(webhookId, by);
    }
}
