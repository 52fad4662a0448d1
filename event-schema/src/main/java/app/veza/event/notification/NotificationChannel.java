package app.veza.event.notification;

/** How a notification reaches a person. */
public enum NotificationChannel {
    INBOX,
    EMAIL,
    SMS,
    PUSH
}
