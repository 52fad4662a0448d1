package app.veza.reaction.webhook;

import app.veza.event.notification.WebhookDisabled;
import app.veza.projectionengine.LoggedEvent;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What the log has of webhooks, and what happens to them. */
public interface Webhooks {

    /**
     * One that may be told something, now.
     *
     * @param types what it wants to be told of, in the words that it is told in
     * @param secrets that it knows deliveries by, the newest first
     */
    record Recipient(URI url, List<String> types, List<String> secrets) {

        /** Without what is personal or secret. */
        @Override
        public String toString() {
            return "Recipient[types=%s]".formatted(types);
        }
    }

    /**
     * What an event is told as.
     *
     * @param type such as {@code message.sent}
     */
    record Content(String type, JsonNode data) {}

    /** Empty when it is told nothing: it is not there any more, or disabled, or whose it is has no right to know. */
    Optional<Recipient> recipient(UUID webhookId);

    /** As things stand now; empty when there is nothing to be told of it. */
    Optional<Content> content(LoggedEvent event);

    /** It is told nothing more. Nothing happens to one that is disabled already, or is there no more. */
    void disable(UUID webhookId, WebhookDisabled.Cause cause);
}
