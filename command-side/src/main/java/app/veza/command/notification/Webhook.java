package app.veza.command.notification;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.WEBHOOK;

import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;
import app.veza.event.VezaEvent;
import app.veza.event.notification.WebhookChanged;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookSecretRotated;
import app.veza.event.notification.WebhookType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its events left it.
 *
 * @param roomId null for one that is told of its person's own streams
 * @param formerSecret that signs beside the other one until {@code formerUntil}; null when there was none
 * @param disabled why it is told nothing; null while it is
 */
public record Webhook(
        UUID id,
        UUID ownerId,
        @Nullable UUID roomId,
        List<WebhookType> types,
        String url,
        @Nullable String description,
        String secret,
        @Nullable String formerSecret,
        Instant formerUntil,
        WebhookDisabled.@Nullable Cause disabled) {

    /** What it is folded from. */
    public static EventCriteria of(UUID webhookId) {
        return events(
                tag(WEBHOOK, webhookId),
                WebhookRegistered.class,
                WebhookChanged.class,
                WebhookSecretRotated.class,
                WebhookEnabled.class,
                WebhookDisabled.class,
                WebhookRemoved.class);
    }

    /** The webhook after one more event about it; empty before it is registered and once it is removed. */
    public static Optional<Webhook> after(Optional<Webhook> webhook, VezaEvent event) {
        return event instanceof WebhookRegistered registered
                ? Optional.of(new Webhook(
                        registered.webhookId(),
                        registered.personId(),
                        registered.roomId(),
                        registered.types(),
                        registered.url(),
                        registered.description(),
                        registered.secret(),
                        null,
                        Instant.EPOCH,
                        null))
                : webhook.flatMap(before -> before.after(event));
    }

    private Optional<Webhook> after(VezaEvent event) {
        return switch (event) {
            case WebhookChanged changed ->
                Optional.of(with(changed.types(), changed.url(), changed.description(), disabled));
            case WebhookSecretRotated rotated ->
                Optional.of(new Webhook(
                        id,
                        ownerId,
                        roomId,
                        types,
                        url,
                        description,
                        rotated.secret(),
                        secret,
                        rotated.formerUntil(),
                        disabled));
            case WebhookEnabled enabled -> Optional.of(with(types, url, description, null));
            case WebhookDisabled now -> Optional.of(with(types, url, description, now.cause()));
            case WebhookRemoved removed -> Optional.empty();
            default -> Optional.of(this);
        };
    }

    private Webhook with(
            List<WebhookType> newTypes,
            String newUrl,
            @Nullable String newDescription,
            WebhookDisabled.@Nullable Cause cause) {
        return new Webhook(
                id, ownerId, roomId, newTypes, newUrl, newDescription, secret, formerSecret, formerUntil, cause);
    }

    /** @throws Rejection when it is not there or another's, which must look the same */
    public static Webhook requireOf(UUID person, Optional<Webhook> webhook) {
        return webhook.filter(one -> one.ownerId().equals(person))
                .orElseThrow(() -> Rejection.notFound("There is no such webhook."));
    }

    /** @throws Rejection when it is told nothing */
    public void requireEnabled() {
        if (disabled != null) {
            throw new Rejection(
                    Kind.CONFLICT,
                    "webhook-disabled",
                    "Webhook disabled",
                    "The webhook is disabled: enable it first, by PATCH with \"enabled\": true.");
        }
    }

    /** Those that deliveries are signed with at an instant, the newest first. */
    public List<String> secretsAt(Instant now) {
        String former = formerSecret;
        return former != null && now.isBefore(formerUntil) ? List.of(secret, former) : List.of(secret);
    }

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "Webhook[id=%s]".formatted(id);
    }
}
