package app.veza.event.notification;

import app.veza.event.VezaEvent;

/** What people are told of, and whether it reached them; and what programs of theirs are. */
public sealed interface NotificationEvent extends VezaEvent
        permits NotificationRaised,
                NotificationDelivered,
                NotificationFailed,
                NotificationRead,
                NotificationPreferenceChanged,
                WebhookRegistered,
                WebhookChanged,
                WebhookSecretRotated,
                WebhookEnabled,
                WebhookDisabled,
                WebhookTestRequested,
                WebhookRemoved {}
