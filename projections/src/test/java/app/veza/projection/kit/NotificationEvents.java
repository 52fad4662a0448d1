package app.veza.projection.kit;

import static app.veza.projection.kit.Events.id;

import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationDelivered;
import app.veza.event.notification.NotificationFailed;
import app.veza.event.notification.NotificationKind;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;

/** What people are told of, and whether it reached them. */
public final class NotificationEvents {

    private NotificationEvents() {}

    public static NotificationRaised raised(String notification, String name, NotificationKind kind, String actor) {
        return new NotificationRaised(id(notification), id(name), kind, id(actor), id("hall"), id("hello"), null);
    }

    public static NotificationDelivered delivered(String notification, String name, NotificationChannel channel) {
        return new NotificationDelivered(id(notification), id(name), channel, 1);
    }

    public static NotificationFailed failed(String notification, String name, NotificationChannel channel) {
        return new NotificationFailed(id(notification), id(name), channel, 5, "The mailbox does not exist.");
    }

    public static NotificationRead seen(String notification, String name) {
        return new NotificationRead(id(notification), id(name));
    }
}
