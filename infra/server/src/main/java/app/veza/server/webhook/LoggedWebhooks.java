package app.veza.server.webhook;

import app.veza.command.notification.WebhookInput;
import app.veza.command.notification.disablewebhook.UselessWebhooks;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookTestRequested;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.webhook.Webhooks;
import app.veza.server.gateway.EventContents;
import app.veza.server.node.LoggedEvents;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks as the log has them, told what sockets are told. */
final class LoggedWebhooks implements Webhooks {

    private static final String TEST = "webhook.test";
    private static final String TYPE = "type";

    private final app.veza.command.notification.Webhooks webhooks;
    private final UselessWebhooks useless;
    private final EventContents contents;
    private final InstantSource clock;
    private final JsonMapper json;

    LoggedWebhooks(
            app.veza.command.notification.Webhooks webhooks,
            UselessWebhooks useless,
            EventContents contents,
            InstantSource clock,
            JsonMapper json) {
        this.webhooks = webhooks;
        this.useless = useless;
        this.contents = contents;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public Optional<Recipient> recipient(UUID webhookId) {
        return webhooks.entitled(webhookId)
                .map(webhook -> new Recipient(
                        URI.create(webhook.url()),
                        webhook.types().stream().map(WebhookInput::word).toList(),
                        webhook.secretsAt(clock.instant())));
    }

    @Override
    public Optional<Content> content(LoggedEvent event) {
        if (LoggedEvents.readable(event) instanceof WebhookTestRequested tested) {
            return Optional.of(new Content(
                    TEST,
                    json.createObjectNode()
                            .put("position", event.position())
                            .put("webhookId", tested.webhookId().toString())));
        }
        return contents.of(event).map(LoggedWebhooks::content);
    }

    private static Content content(ObjectNode frame) {
        String type = frame.remove(TYPE).asString();
        return new Content(type, frame);
    }

    @Override
    public void disable(UUID webhookId, WebhookDisabled.Cause cause) {
        useless.disable(webhookId, cause);
    }
}
