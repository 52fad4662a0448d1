-- Rooms, who is in them and what was said. Every key that a page is cut by is a log position: unique, ordered, and never reused.
--
-- What grows with every message is partitioned by hash of its room: a page of history and a search within a room touch one partition, each
-- partition's indexes are an eighth as deep and are vacuumed by themselves, and no batch ever has to create a table, as ranges of
-- positions would want. Eight: planning a statement over all of them costs as many index look-ups.

CREATE TABLE room (
    room_id           uuid        NOT NULL,
    name              text,
    topic             text,
    visibility        text        NOT NULL CHECK (visibility IN ('public', 'private')),
    creator_id        uuid        NOT NULL,
    direct_with       uuid,
    created_position  bigint      NOT NULL,
    created_at        timestamptz NOT NULL,
    closed_at         timestamptz,
    slow_mode_seconds integer     NOT NULL DEFAULT 0,
    member_count      integer     NOT NULL DEFAULT 0,
    message_count     bigint      NOT NULL DEFAULT 0,
    last_position     bigint      NOT NULL,
    CONSTRAINT room_pk PRIMARY KEY (room_id)
)
-- last_position and message_count move with every batch that brings messages: free space in each page, and no index over them, keep
-- those updates HOT.
WITH (fillfactor = 70);

CREATE INDEX room_public_by_size ON room (member_count DESC, room_id) WHERE visibility = 'public' AND closed_at IS NULL;
-- Without the punctuation of ASCII: PostgreSQL's parser takes node.js for a host, dev/ops for a file and 90.5 for a number.
CREATE INDEX room_public_by_words ON room
    USING gin (to_tsvector('simple', regexp_replace(name || ' ' || coalesce(topic, ''), '[!-/:-@[-`{-~]+', ' ', 'g')))
    WHERE visibility = 'public' AND closed_at IS NULL;

COMMENT ON TABLE room IS 'One row for each chat room.';
COMMENT ON COLUMN room.room_id IS 'Identity of the room (UUIDv7).';
COMMENT ON COLUMN room.name IS 'Name, 1-80 characters; not unique. Null for a direct room: each of the two sees the other''s name.';
COMMENT ON COLUMN room.topic IS 'What the room is about; null when nobody said.';
COMMENT ON COLUMN room.visibility IS 'public: anybody finds and enters it; private: by invitation, or direct.';
COMMENT ON COLUMN room.creator_id IS 'Person who opened the room.';
COMMENT ON COLUMN room.direct_with IS 'The other one of a direct room of two people; null for any other room.';
COMMENT ON COLUMN room.created_position IS 'Log position of the room''s creation.';
COMMENT ON COLUMN room.created_at IS 'When the room was opened.';
COMMENT ON COLUMN room.closed_at IS 'Since when nothing can happen in it any more, its members may read on; null while it is open.';
COMMENT ON COLUMN room.slow_mode_seconds IS 'Seconds that a plain member waits between two messages; 0 for none.';
COMMENT ON COLUMN room.member_count IS 'Number of rows of this room in member.';
COMMENT ON COLUMN room.message_count IS 'Messages ever sent in it, deleted ones included: the number of the last one.';
COMMENT ON COLUMN room.last_position IS 'Position of the last message; before the first one, of the creation. Room lists sort by it.';

CREATE TABLE member (
    room_id         uuid        NOT NULL,
    person_id       uuid        NOT NULL,
    role            text        NOT NULL CHECK (role IN ('member', 'moderator', 'owner')),
    joined_position bigint      NOT NULL,
    joined_at       timestamptz NOT NULL,
    read_position   bigint      NOT NULL,
    CONSTRAINT member_pk PRIMARY KEY (room_id, person_id)
)
-- read_position and role move without any index over them: HOT, too.
WITH (fillfactor = 80);

CREATE INDEX member_by_joining ON member (room_id, joined_position);
CREATE INDEX member_by_person ON member (person_id, room_id);

COMMENT ON TABLE member IS 'Who is in which room now: one row for each membership; those who left have none.';
COMMENT ON COLUMN member.room_id IS 'The room.';
COMMENT ON COLUMN member.person_id IS 'The member.';
COMMENT ON COLUMN member.role IS 'member, moderator or owner: each may do what the one before may.';
COMMENT ON COLUMN member.joined_position IS 'Log position of the last joining.';
COMMENT ON COLUMN member.joined_at IS 'When the member joined last.';
COMMENT ON COLUMN member.read_position IS 'Up to here the member has read: the furthest of joining, marks of reading and the member''s own messages.';

CREATE TABLE restriction (
    room_id    uuid        NOT NULL,
    person_id  uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('mute', 'ban')),
    imposed_by uuid        NOT NULL,
    until      timestamptz,
    position   bigint      NOT NULL,
    CONSTRAINT restriction_pk PRIMARY KEY (room_id, person_id, kind)
);

COMMENT ON TABLE restriction IS 'What moderators took from people in a room and have not given back; it outlives a membership.';
COMMENT ON COLUMN restriction.room_id IS 'The room.';
COMMENT ON COLUMN restriction.person_id IS 'Whom it is for.';
COMMENT ON COLUMN restriction.kind IS 'mute: may read, not speak; ban: may not be in the room.';
COMMENT ON COLUMN restriction.imposed_by IS 'The owner or moderator.';
COMMENT ON COLUMN restriction.until IS 'When a mute ends by itself; null: when it is lifted.';
COMMENT ON COLUMN restriction.position IS 'Log position of the event that imposed it.';

CREATE TABLE message (
    room_id           uuid        NOT NULL,
    position          bigint      NOT NULL,
    message_id        uuid        NOT NULL,
    number            bigint      NOT NULL,
    sender_id         uuid        NOT NULL,
    text              text,
    sent_at           timestamptz NOT NULL,
    edited_at         timestamptz,
    deleted_at        timestamptz,
    reply_to          uuid,
    mentions          jsonb,
    attachments       jsonb,
    -- A page of a room's history is one walk down this index.
    CONSTRAINT message_pk PRIMARY KEY (room_id, position)
) PARTITION BY HASH (room_id);

DO $$
BEGIN
    FOR i IN 0..7 LOOP
        EXECUTE format('CREATE TABLE message_p%s PARTITION OF message FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
    END LOOP;
END $$;

-- What edits, deletions and receipts name; ids rise with time, so it grows at its end.
CREATE INDEX message_by_id ON message (message_id);
-- Few rows: unread counts leave deleted messages out.
CREATE INDEX message_deleted ON message (room_id, position) WHERE deleted_at IS NOT NULL;
-- For the erasure of a person; equal keys share an entry, so it is small.
CREATE INDEX message_by_sender ON message (sender_id);

-- Nothing is found by these, and to sort texts for statistics is most of what ANALYZE costs.
ALTER TABLE message
    ALTER COLUMN text SET STATISTICS 0,
    ALTER COLUMN mentions SET STATISTICS 0,
    ALTER COLUMN attachments SET STATISTICS 0;

COMMENT ON TABLE message IS 'One row for each message, deleted ones included.';
COMMENT ON COLUMN message.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN message.position IS 'Log position of its sending: the order of a room''s history.';
COMMENT ON COLUMN message.message_id IS 'Identity of the message (UUIDv7).';
COMMENT ON COLUMN message.number IS 'Which message of its room it is, from 1.';
COMMENT ON COLUMN message.sender_id IS 'Person who said it.';
COMMENT ON COLUMN message.text IS 'What is said, 1-10,000 characters; null when deleted, U+001A when its sender was erased.';
COMMENT ON COLUMN message.sent_at IS 'When it was stored in the log.';
COMMENT ON COLUMN message.edited_at IS 'When its text was last changed; null when never.';
COMMENT ON COLUMN message.deleted_at IS 'When it was deleted; null while it stands.';
COMMENT ON COLUMN message.reply_to IS 'Message of the same room that it answers; null when it answers none.';
COMMENT ON COLUMN message.mentions IS 'Array of the ids of those whom the text names; null when none.';
COMMENT ON COLUMN message.attachments IS 'Array of {id, contentType, size}; null when none.';

CREATE TABLE mention (
    person_id uuid   NOT NULL,
    room_id   uuid   NOT NULL,
    position  bigint NOT NULL,
    CONSTRAINT mention_pk PRIMARY KEY (person_id, room_id, position)
);

COMMENT ON TABLE mention IS 'Who is named in which message that stands: unread mentions are a range of its key.';
COMMENT ON COLUMN mention.person_id IS 'Who is named.';
COMMENT ON COLUMN mention.room_id IS 'Room of the message.';
COMMENT ON COLUMN mention.position IS 'Position of the message.';

CREATE TABLE attachment (
    attachment_id uuid   NOT NULL,
    owner_id      uuid   NOT NULL,
    content_type  text   NOT NULL,
    size          bigint NOT NULL,
    CONSTRAINT attachment_pk PRIMARY KEY (attachment_id)
);

COMMENT ON TABLE attachment IS 'Files for which somebody got an address to upload to, sent with a message or not.';
COMMENT ON COLUMN attachment.attachment_id IS 'Identity of the file (UUIDv7).';
COMMENT ON COLUMN attachment.owner_id IS 'Who uploads it.';
COMMENT ON COLUMN attachment.content_type IS 'Media type without parameters.';
COMMENT ON COLUMN attachment.size IS 'Size in bytes.';

CREATE TABLE attachment_use (
    attachment_id uuid   NOT NULL,
    room_id       uuid   NOT NULL,
    position      bigint NOT NULL,
    CONSTRAINT attachment_use_pk PRIMARY KEY (attachment_id, room_id, position)
);

COMMENT ON TABLE attachment_use IS 'Which messages that stand bear a file: whoever may read one of them may see it.';
COMMENT ON COLUMN attachment_use.attachment_id IS 'The file.';
COMMENT ON COLUMN attachment_use.room_id IS 'Room of the message.';
COMMENT ON COLUMN attachment_use.position IS 'Position of the message.';

CREATE TABLE reaction (
    room_id    uuid   NOT NULL,
    message_id uuid   NOT NULL,
    emoji      text   COLLATE "C" NOT NULL,
    person_id  uuid   NOT NULL,
    position   bigint NOT NULL,
    CONSTRAINT reaction_pk PRIMARY KEY (room_id, message_id, emoji, person_id)
) PARTITION BY HASH (room_id);

DO $$
BEGIN
    FOR i IN 0..7 LOOP
        EXECUTE format('CREATE TABLE reaction_p%s PARTITION OF reaction FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
    END LOOP;
END $$;

COMMENT ON TABLE reaction IS 'One row for each emoji that a person has put to a message.';
COMMENT ON COLUMN reaction.room_id IS 'Room of the message.';
COMMENT ON COLUMN reaction.message_id IS 'The message.';
COMMENT ON COLUMN reaction.emoji IS 'The emoji, as Unicode.';
COMMENT ON COLUMN reaction.person_id IS 'Who put it there.';
COMMENT ON COLUMN reaction.position IS 'Log position of the event.';

CREATE TABLE reaction_count (
    room_id    uuid    NOT NULL,
    message_id uuid    NOT NULL,
    emoji      text    COLLATE "C" NOT NULL,
    people     integer NOT NULL,
    CONSTRAINT reaction_count_pk PRIMARY KEY (room_id, message_id, emoji)
)
WITH (fillfactor = 80);

COMMENT ON TABLE reaction_count IS 'Rows of reaction for each emoji of a message, counted: a page of history counts nothing.';
COMMENT ON COLUMN reaction_count.room_id IS 'Room of the message.';
COMMENT ON COLUMN reaction_count.message_id IS 'The message.';
COMMENT ON COLUMN reaction_count.emoji IS 'The emoji, as Unicode.';
COMMENT ON COLUMN reaction_count.people IS 'How many put it there, at least 1.';
