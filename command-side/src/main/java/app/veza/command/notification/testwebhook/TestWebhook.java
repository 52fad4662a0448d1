package app.veza.command.notification.testwebhook;

import app.veza.command.notification.WebhookCommand;
import java.util.UUID;

/** Have a webhook sent something, to see whether it arrives. */
record TestWebhook(UUID webhookId, UUID by) implements WebhookCommand {}
