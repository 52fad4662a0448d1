-- What people were told of, and what they want to be told of. Partitioned by hash of the person, as everything that is asked here is about
-- one: each partition's indexes are an eighth as deep, and no batch ever has to create a table.

CREATE TABLE notification (
    person_id       uuid        NOT NULL,
    position        bigint      NOT NULL,
    notification_id uuid        NOT NULL,
    kind            text        NOT NULL,
    actor_id        uuid,
    room_id         uuid,
    message_id      uuid,
    stream_id       uuid,
    raised_at       timestamptz NOT NULL,
    read_at         timestamptz,
    -- A page of an inbox is one walk down this index.
    CONSTRAINT notification_pk PRIMARY KEY (person_id, position)
) PARTITION BY HASH (person_id);

DO $$
BEGIN
    FOR i IN 0..7 LOOP
        EXECUTE format('CREATE TABLE notification_p%s PARTITION OF notification FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
    END LOOP;
END $$;

-- Counts what is unread and finds what is being read; who has read it is in it no more, so it stays small.
CREATE INDEX notification_unread ON notification (person_id, notification_id) WHERE read_at IS NULL;

COMMENT ON TABLE notification IS 'One row for each notification in somebody''s inbox.';
COMMENT ON COLUMN notification.person_id IS 'Whose inbox it is in.';
COMMENT ON COLUMN notification.position IS 'Log position at which it was raised: the order of an inbox.';
COMMENT ON COLUMN notification.notification_id IS 'Identity of the notification (UUIDv7).';
COMMENT ON COLUMN notification.kind IS 'What it tells of: mention, reply, direct_message, room_invitation, stream_live or security.';
COMMENT ON COLUMN notification.actor_id IS 'Who did it; null when nobody did.';
COMMENT ON COLUMN notification.room_id IS 'Room in which it happened; null when in none.';
COMMENT ON COLUMN notification.message_id IS 'Message that it is about; null when about none.';
COMMENT ON COLUMN notification.stream_id IS 'Stream that it is about; null when about none.';
COMMENT ON COLUMN notification.raised_at IS 'When it was raised.';
COMMENT ON COLUMN notification.read_at IS 'When the person had seen it; null before.';

CREATE TABLE preference (
    person_id uuid    NOT NULL,
    kind      text    NOT NULL,
    channel   text    NOT NULL,
    wanted    boolean NOT NULL,
    CONSTRAINT preference_pk PRIMARY KEY (person_id, kind, channel)
);

COMMENT ON TABLE preference IS 'What a person chose to be told of by which channel; what they never chose has no row.';
COMMENT ON COLUMN preference.person_id IS 'Who chose.';
COMMENT ON COLUMN preference.kind IS 'Kind of notification, as in notification.';
COMMENT ON COLUMN preference.channel IS 'inbox, email, sms or push.';
COMMENT ON COLUMN preference.wanted IS 'Whether they want it.';
