package app.veza.command.notification.testwebhook;

import java.util.UUID;

/** Have a webhook sent something, to see whether it arrives. */
record TestWebhook(UUID webhookId, UUID by) {}
