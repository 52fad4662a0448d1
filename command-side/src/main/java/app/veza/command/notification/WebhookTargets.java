package app.veza.command.notification;

import java.util.Optional;

/** Where webhooks may be. */
@FunctionalInterface
public interface WebhookTargets {

    /** What is wrong with a URL, in words for who wrote it; empty when it may be sent to. It may take seconds. */
    Optional<String> fault(String url);
}
