package app.veza.event.notification;

/** What a webhook can be told of. */
public enum WebhookType {
    MESSAGE_SENT,
    MESSAGE_EDITED,
    MESSAGE_DELETED,
    MEMBER_JOINED,
    MEMBER_LEFT,
    STREAM_STARTED,
    STREAM_STOPPED
}
