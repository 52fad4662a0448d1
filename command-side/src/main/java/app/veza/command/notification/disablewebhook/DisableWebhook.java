package app.veza.command.notification.disablewebhook;

import app.veza.command.notification.WebhookCommand;
import app.veza.event.notification.WebhookDisabled;
import java.util.UUID;

/** Tell a webhook nothing any more, for what it answers. */
record DisableWebhook(UUID webhookId, WebhookDisabled.Cause cause) implements WebhookCommand {}
