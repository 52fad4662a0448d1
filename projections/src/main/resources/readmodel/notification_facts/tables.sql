-- Facts: one notification, from being raised to being read; one outcome of its delivery on one channel. Roll-ups by hour of
-- raising, so that a rate is one of the same notifications.

CREATE TABLE notification (
    notification_id uuid        NOT NULL,
    position        bigint      NOT NULL,
    raised_at       timestamptz NOT NULL,
    person_id       uuid        NOT NULL,
    kind            text        NOT NULL,
    actor_id        uuid,
    room_id         uuid,
    stream_id       uuid,
    read_position   bigint,
    read_at         timestamptz,
    CONSTRAINT notification_pk PRIMARY KEY (notification_id)
) WITH (fillfactor = 90);

-- Facts arrive in the order of time: a block range index answers ranges of time at a thousandth of a b-tree's size.
CREATE INDEX notification_by_time ON notification USING brin (
    raised_at, position, ((raised_at AT TIME ZONE 'UTC')::date));

CREATE TABLE delivery (
    position        bigint      NOT NULL,
    occurred_at     timestamptz NOT NULL,
    notification_id uuid        NOT NULL,
    person_id       uuid        NOT NULL,
    kind            text        NOT NULL,
    channel         text        NOT NULL,
    delivered       boolean     NOT NULL,
    attempts        integer     NOT NULL,
    raised_at       timestamptz NOT NULL,
    CONSTRAINT delivery_pk PRIMARY KEY (position)
);

CREATE INDEX delivery_by_time ON delivery USING brin (
    occurred_at, raised_at, ((occurred_at AT TIME ZONE 'UTC')::date));

CREATE TABLE notification_hour (
    hour   timestamptz NOT NULL,
    kind   text        NOT NULL,
    raised bigint      NOT NULL,
    read   bigint      NOT NULL,
    CONSTRAINT notification_hour_pk PRIMARY KEY (hour, kind)
);

CREATE TABLE delivery_hour (
    hour           timestamptz NOT NULL,
    kind           text        NOT NULL,
    channel        text        NOT NULL,
    delivered      bigint      NOT NULL,
    failed         bigint      NOT NULL,
    attempts       bigint      NOT NULL,
    latency_millis bigint      NOT NULL,
    CONSTRAINT delivery_hour_pk PRIMARY KEY (hour, kind, channel)
);

COMMENT ON TABLE notification IS 'One row for each notification.';
COMMENT ON COLUMN notification.notification_id IS 'The notification.';
COMMENT ON COLUMN notification.position IS 'Log position of its raising.';
COMMENT ON COLUMN notification.raised_at IS 'When it was raised.';
COMMENT ON COLUMN notification.person_id IS 'Person who is told.';
COMMENT ON COLUMN notification.kind IS 'mention, reply, direct_message, room_invitation, stream_live or security.';
COMMENT ON COLUMN notification.actor_id IS 'Person whose doing it tells of; null if nobody''s.';
COMMENT ON COLUMN notification.room_id IS 'Room it tells of; null if none.';
COMMENT ON COLUMN notification.stream_id IS 'Stream it tells of; null if none.';
COMMENT ON COLUMN notification.read_position IS 'Log position of the reading; null while unread.';
COMMENT ON COLUMN notification.read_at IS 'When it was read; null while unread.';
COMMENT ON TABLE delivery IS 'One row for each outcome of delivering a notification on a channel.';
COMMENT ON COLUMN delivery.position IS 'Log position of the outcome.';
COMMENT ON COLUMN delivery.occurred_at IS 'When the channel took or refused it.';
COMMENT ON COLUMN delivery.notification_id IS 'The notification.';
COMMENT ON COLUMN delivery.person_id IS 'Person who is told.';
COMMENT ON COLUMN delivery.kind IS 'Kind of the notification.';
COMMENT ON COLUMN delivery.channel IS 'inbox, email, sms or push.';
COMMENT ON COLUMN delivery.delivered IS 'Whether the channel took it.';
COMMENT ON COLUMN delivery.attempts IS 'How often it was tried.';
COMMENT ON COLUMN delivery.raised_at IS 'When the notification was raised.';
COMMENT ON TABLE notification_hour IS 'Roll-up of notifications, one row for each hour of raising and kind.';
COMMENT ON COLUMN notification_hour.hour IS 'Begin of the hour of raising.';
COMMENT ON COLUMN notification_hour.kind IS 'Kind of the notifications.';
COMMENT ON COLUMN notification_hour.raised IS 'Notifications raised.';
COMMENT ON COLUMN notification_hour.read IS 'Of those, read since.';
COMMENT ON TABLE delivery_hour IS 'Roll-up of deliveries, one row for each hour of raising, kind and channel.';
COMMENT ON COLUMN delivery_hour.hour IS 'Begin of the hour of raising.';
COMMENT ON COLUMN delivery_hour.kind IS 'Kind of the notifications.';
COMMENT ON COLUMN delivery_hour.channel IS 'inbox, email, sms or push.';
COMMENT ON COLUMN delivery_hour.delivered IS 'How many the channel took.';
COMMENT ON COLUMN delivery_hour.failed IS 'How many it refused for good.';
COMMENT ON COLUMN delivery_hour.attempts IS 'How often was tried.';
COMMENT ON COLUMN delivery_hour.latency_millis IS 'From raising to delivery, the sum over those delivered, in milliseconds.';
