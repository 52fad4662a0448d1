package app.veza.command.notification.removewebhook;

import app.veza.command.notification.WebhookCommand;
import java.util.UUID;

/** Have a webhook told nothing any more. */
record RemoveWebhook(UUID webhookId, UUID by) implements WebhookCommand {}
