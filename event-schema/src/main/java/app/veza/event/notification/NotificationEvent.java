package app.veza.event.notification;

import app.veza.event.VezaEvent;

/** What people are told of, and whether it reached them. */
public sealed interface NotificationEvent extends VezaEvent
        permits NotificationRaised,
                NotificationDelivered,
                NotificationFailed,
                NotificationRead,
                NotificationPreferenceChanged {}
