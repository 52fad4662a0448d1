-- Dimension: rooms. Fact: one message and what became of it, an accumulating snapshot; measures only, what was said is not
-- here. Roll-up: messages by room and hour of sending.

CREATE TABLE room (
    room_id    uuid        NOT NULL,
    position   bigint      NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('public', 'private', 'direct')),
    name       text,
    created_by uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    closed_at  timestamptz,
    members    bigint      NOT NULL DEFAULT 0,
    CONSTRAINT room_pk PRIMARY KEY (room_id)
);

-- Reactions, edits and deletions come soon after the message: room on its page leaves the index untouched.
CREATE TABLE message (
    message_id       uuid        NOT NULL,
    position         bigint      NOT NULL,
    occurred_at      timestamptz NOT NULL,
    room_id          uuid        NOT NULL,
    sender_id        uuid        NOT NULL,
    reply            boolean     NOT NULL,
    text_length      integer     NOT NULL,
    mentions         integer     NOT NULL,
    attachments      integer     NOT NULL,
    attachment_bytes bigint      NOT NULL,
    edits            bigint      NOT NULL DEFAULT 0,
    reactions        bigint      NOT NULL DEFAULT 0,
    reports          bigint      NOT NULL DEFAULT 0,
    deleted_at       timestamptz,
    CONSTRAINT message_pk PRIMARY KEY (message_id)
) WITH (fillfactor = 90);

-- Facts arrive in the order of time: a block range index answers ranges of time at a thousandth of a b-tree's size.
CREATE INDEX message_by_time ON message USING brin (
    occurred_at, position, ((occurred_at AT TIME ZONE 'UTC')::date));

CREATE TABLE message_hour (
    hour             timestamptz NOT NULL,
    room_id          uuid        NOT NULL,
    messages         bigint      NOT NULL,
    replies          bigint      NOT NULL,
    characters       bigint      NOT NULL,
    mentions         bigint      NOT NULL,
    attachments      bigint      NOT NULL,
    edits            bigint      NOT NULL,
    reactions        bigint      NOT NULL,
    deleted          bigint      NOT NULL,
    CONSTRAINT message_hour_pk PRIMARY KEY (hour, room_id)
) WITH (fillfactor = 80);

CREATE INDEX message_hour_by_date ON message_hour USING brin (((hour AT TIME ZONE 'UTC')::date));

COMMENT ON TABLE room IS 'One row for each room that was ever opened.';
COMMENT ON COLUMN room.room_id IS 'The room.';
COMMENT ON COLUMN room.position IS 'Log position of its opening.';
COMMENT ON COLUMN room.kind IS 'public, private or direct.';
COMMENT ON COLUMN room.name IS 'Name of a public room; null for the others.';
COMMENT ON COLUMN room.created_by IS 'Person who opened it.';
COMMENT ON COLUMN room.created_at IS 'When it was opened.';
COMMENT ON COLUMN room.closed_at IS 'When it was closed; null while it is open.';
COMMENT ON COLUMN room.members IS 'How many members it has now.';
COMMENT ON TABLE message IS 'One row for each message sent.';
COMMENT ON COLUMN message.message_id IS 'The message.';
COMMENT ON COLUMN message.position IS 'Log position of the sending.';
COMMENT ON COLUMN message.occurred_at IS 'When it was sent.';
COMMENT ON COLUMN message.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN message.sender_id IS 'Person who said it.';
COMMENT ON COLUMN message.reply IS 'Whether it answers another message.';
COMMENT ON COLUMN message.text_length IS 'Length of the text as it was sent, in Unicode code points.';
COMMENT ON COLUMN message.mentions IS 'How many members it named as it was sent.';
COMMENT ON COLUMN message.attachments IS 'How many files went with it.';
COMMENT ON COLUMN message.attachment_bytes IS 'Size of those files together.';
COMMENT ON COLUMN message.edits IS 'How often it was changed.';
COMMENT ON COLUMN message.reactions IS 'How many reactions it bears now.';
COMMENT ON COLUMN message.reports IS 'How many members reported it.';
COMMENT ON COLUMN message.deleted_at IS 'When it was deleted; null while it is shown.';
COMMENT ON TABLE message_hour IS 'Roll-up of messages, one row for each hour and room in which some were sent. What became of a message later is counted in the hour in which it was sent.';
COMMENT ON COLUMN message_hour.hour IS 'Begin of the hour of sending.';
COMMENT ON COLUMN message_hour.room_id IS 'The room.';
COMMENT ON COLUMN message_hour.messages IS 'Messages sent, also those deleted since.';
COMMENT ON COLUMN message_hour.replies IS 'Of those, answers to another.';
COMMENT ON COLUMN message_hour.characters IS 'Length of all of them, in Unicode code points.';
COMMENT ON COLUMN message_hour.mentions IS 'Members they named.';
COMMENT ON COLUMN message_hour.attachments IS 'Files that went with them.';
COMMENT ON COLUMN message_hour.edits IS 'How often they were changed since.';
COMMENT ON COLUMN message_hour.reactions IS 'Reactions they bear now.';
COMMENT ON COLUMN message_hour.deleted IS 'How many of them were deleted since.';
