-- Rooms, who is in them and what was said. Every key that a page is cut by is a log position: unique, ordered, and never reused.

CREATE TABLE room (
    room_id          uuid        NOT NULL,
    name             text        NOT NULL,
    topic            text,
    visibility       text        NOT NULL CHECK (visibility IN ('public', 'private')),
    creator_id       uuid        NOT NULL,
    created_position bigint      NOT NULL,
    created_at       timestamptz NOT NULL,
    member_count     integer     NOT NULL DEFAULT 0,
    last_position    bigint      NOT NULL,
    CONSTRAINT room_pk PRIMARY KEY (room_id)
)
-- last_position moves with every batch that brings messages: free space in each page, and no index over it, keep those updates HOT.
WITH (fillfactor = 70);

CREATE INDEX room_public_by_size ON room (member_count DESC, room_id) WHERE visibility = 'public';
CREATE INDEX room_public_by_words ON room USING gin (to_tsvector('simple', name || ' ' || coalesce(topic, '')))
    WHERE visibility = 'public';

COMMENT ON TABLE room IS 'One row for each chat room.';
COMMENT ON COLUMN room.room_id IS 'Identity of the room (UUIDv7).';
COMMENT ON COLUMN room.name IS 'Name, 1-80 characters; not unique.';
COMMENT ON COLUMN room.topic IS 'What the room is about; null when nobody said.';
COMMENT ON COLUMN room.visibility IS 'public: anybody finds and enters it; private: by invitation.';
COMMENT ON COLUMN room.creator_id IS 'Person who opened the room.';
COMMENT ON COLUMN room.created_position IS 'Log position of the room''s creation.';
COMMENT ON COLUMN room.created_at IS 'When the room was opened.';
COMMENT ON COLUMN room.member_count IS 'Number of rows of this room in member.';
COMMENT ON COLUMN room.last_position IS 'Position of the last message; before the first one, of the creation. Room lists sort by it.';

CREATE TABLE member (
    room_id         uuid        NOT NULL,
    person_id       uuid        NOT NULL,
    role            text        NOT NULL CHECK (role IN ('member', 'moderator', 'owner')),
    joined_position bigint      NOT NULL,
    joined_at       timestamptz NOT NULL,
    CONSTRAINT member_pk PRIMARY KEY (room_id, person_id)
);

CREATE INDEX member_by_joining ON member (room_id, joined_position);
CREATE INDEX member_by_person ON member (person_id, room_id) INCLUDE (role);

COMMENT ON TABLE member IS 'Who is in which room now: one row for each membership; those who left have none.';
COMMENT ON COLUMN member.room_id IS 'The room.';
COMMENT ON COLUMN member.person_id IS 'The member.';
COMMENT ON COLUMN member.role IS 'member, moderator or owner: each may do what the one before may.';
COMMENT ON COLUMN member.joined_position IS 'Log position of the last joining.';
COMMENT ON COLUMN member.joined_at IS 'When the member joined last.';

CREATE TABLE message (
    room_id           uuid        NOT NULL,
    position          bigint      NOT NULL,
    message_id        uuid        NOT NULL,
    sender_id         uuid        NOT NULL,
    text              text        NOT NULL,
    sent_at           timestamptz NOT NULL,
    reply_to          uuid,
    client_message_id text,
    -- A page of a room's history is one walk down this index; unread messages are a range of it.
    CONSTRAINT message_pk PRIMARY KEY (room_id, position)
);

CREATE UNIQUE INDEX message_by_id ON message (message_id);

COMMENT ON TABLE message IS 'One row for each message.';
COMMENT ON COLUMN message.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN message.position IS 'Log position of its sending: the order of a room''s history.';
COMMENT ON COLUMN message.message_id IS 'Identity of the message (UUIDv7).';
COMMENT ON COLUMN message.sender_id IS 'Person who said it.';
COMMENT ON COLUMN message.text IS 'What was said, 1-10,000 characters.';
COMMENT ON COLUMN message.sent_at IS 'When it was stored in the log.';
COMMENT ON COLUMN message.reply_to IS 'Message of the same room that it answers; null when it answers none.';
COMMENT ON COLUMN message.client_message_id IS 'Name that the sender''s client gave it; null when it gave none.';
