package app.veza.event.notification;

/** What a notification tells of. */
public enum NotificationKind {
    MENTION,
    REPLY,
    DIRECT_MESSAGE,
    ROOM_INVITATION,
    STREAM_LIVE,
    /** A new device, a changed password: cannot be muted. */
    SECURITY
}
