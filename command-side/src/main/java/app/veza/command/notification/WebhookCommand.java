package app.veza.command.notification;

import java.util.UUID;

/** What is done with one webhook. */
public interface WebhookCommand {

    UUID webhookId();
}
