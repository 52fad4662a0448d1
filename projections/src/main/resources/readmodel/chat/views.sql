CREATE OR REPLACE VIEW view.rooms AS
SELECT room_id, name, topic, visibility, creator_id, direct_with, created_position, created_at, closed_at, slow_mode_seconds,
       member_count, message_count, last_position
FROM ${schema}.room;

COMMENT ON VIEW view.rooms IS 'One row for each chat room.';
COMMENT ON COLUMN view.rooms.room_id IS 'Identity of the room (UUIDv7).';
COMMENT ON COLUMN view.rooms.name IS 'Name of the room, not unique; null for a direct room, whose two members see each other''s name.';
COMMENT ON COLUMN view.rooms.topic IS 'What the room is about; null when nobody said.';
COMMENT ON COLUMN view.rooms.visibility IS 'public: anybody finds and enters it; private: by invitation, or direct.';
COMMENT ON COLUMN view.rooms.creator_id IS 'Person who opened the room.';
COMMENT ON COLUMN view.rooms.direct_with IS 'The other one of a direct room of two people; null for any other room.';
COMMENT ON COLUMN view.rooms.created_position IS 'Log position of the room''s creation.';
COMMENT ON COLUMN view.rooms.created_at IS 'When the room was opened.';
COMMENT ON COLUMN view.rooms.closed_at IS 'Since when nothing can happen in it any more; null while it is open.';
COMMENT ON COLUMN view.rooms.slow_mode_seconds IS 'Seconds that a plain member waits between two messages; 0 for none.';
COMMENT ON COLUMN view.rooms.member_count IS 'How many members the room has now.';
COMMENT ON COLUMN view.rooms.message_count IS 'Messages ever sent in it, deleted ones included.';
COMMENT ON COLUMN view.rooms.last_position IS 'Position of the last message; before the first one, of the creation.';

CREATE OR REPLACE VIEW view.members AS
SELECT room_id, person_id, role, joined_position, joined_at, read_position
FROM ${schema}.member;

COMMENT ON VIEW view.members IS 'Who is in which room now.';
COMMENT ON COLUMN view.members.room_id IS 'The room.';
COMMENT ON COLUMN view.members.person_id IS 'The member.';
COMMENT ON COLUMN view.members.role IS 'member, moderator or owner.';
COMMENT ON COLUMN view.members.joined_position IS 'Log position of the last joining.';
COMMENT ON COLUMN view.members.joined_at IS 'When the member joined last.';
COMMENT ON COLUMN view.members.read_position IS 'Up to here the member has read.';

-- Exact and nothing to keep up to date: messages of a room are numbered, so what was sent after a mark is a difference of two numbers, of
-- which those deleted since are taken away. A message of one's own moves one's mark, so all that remain are from others.
CREATE OR REPLACE VIEW view.unread_counts AS
SELECT m.room_id, m.person_id,
       r.message_count
           - coalesce((SELECT s.number FROM ${schema}.message s
                       WHERE s.room_id = m.room_id AND s.position <= m.read_position
                       ORDER BY s.position DESC LIMIT 1), 0)
           - (SELECT count(*) FROM ${schema}.message d
              WHERE d.room_id = m.room_id AND d.position > m.read_position AND d.deleted_at IS NOT NULL) AS unread,
       (SELECT count(*) FROM ${schema}.mention n
        WHERE n.person_id = m.person_id AND n.room_id = m.room_id AND n.position > m.read_position) AS mentions
FROM ${schema}.member m
JOIN ${schema}.room r ON r.room_id = m.room_id;

COMMENT ON VIEW view.unread_counts IS 'What each member has not read yet. A deleted message counts no more, one of the member''s own never.';
COMMENT ON COLUMN view.unread_counts.room_id IS 'The room.';
COMMENT ON COLUMN view.unread_counts.person_id IS 'The member.';
COMMENT ON COLUMN view.unread_counts.unread IS 'Messages after the member''s mark that stand.';
COMMENT ON COLUMN view.unread_counts.mentions IS 'How many of them name the member.';

CREATE OR REPLACE VIEW view.restrictions AS
SELECT room_id, person_id, kind, imposed_by, until, position
FROM ${schema}.restriction;

COMMENT ON VIEW view.restrictions IS 'Who is muted in or banned from which room.';
COMMENT ON COLUMN view.restrictions.room_id IS 'The room.';
COMMENT ON COLUMN view.restrictions.person_id IS 'Whom it is for.';
COMMENT ON COLUMN view.restrictions.kind IS 'mute or ban.';
COMMENT ON COLUMN view.restrictions.imposed_by IS 'The owner or moderator.';
COMMENT ON COLUMN view.restrictions.until IS 'When a mute ends by itself; null: when it is lifted.';
COMMENT ON COLUMN view.restrictions.position IS 'Log position of the event that imposed it.';

CREATE OR REPLACE VIEW view.messages AS
SELECT room_id, position, message_id, number, sender_id, text, sent_at, edited_at, deleted_at, reply_to, mentions,
       attachments
FROM ${schema}.message;

COMMENT ON VIEW view.messages IS 'One row for each message, deleted ones included.';
COMMENT ON COLUMN view.messages.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN view.messages.position IS 'Log position of its sending: the order of a room''s history.';
COMMENT ON COLUMN view.messages.message_id IS 'Identity of the message (UUIDv7).';
COMMENT ON COLUMN view.messages.number IS 'Which message of its room it is, from 1.';
COMMENT ON COLUMN view.messages.sender_id IS 'Person who said it.';
COMMENT ON COLUMN view.messages.text IS 'What is said; null when deleted, U+001A when its sender was erased.';
COMMENT ON COLUMN view.messages.sent_at IS 'When it was stored in the log.';
COMMENT ON COLUMN view.messages.edited_at IS 'When its text was last changed; null when never.';
COMMENT ON COLUMN view.messages.deleted_at IS 'When it was deleted; null while it stands.';
COMMENT ON COLUMN view.messages.reply_to IS 'Message of the same room that it answers; null when it answers none.';
COMMENT ON COLUMN view.messages.mentions IS 'Array of the ids of those whom the text names; null when none.';
COMMENT ON COLUMN view.messages.attachments IS 'Array of {id, contentType, size}; null when none.';

CREATE OR REPLACE VIEW view.reactions AS
SELECT room_id, message_id, emoji, person_id, position
FROM ${schema}.reaction;

COMMENT ON VIEW view.reactions IS 'Who put which emoji to which message.';
COMMENT ON COLUMN view.reactions.room_id IS 'Room of the message.';
COMMENT ON COLUMN view.reactions.message_id IS 'The message.';
COMMENT ON COLUMN view.reactions.emoji IS 'The emoji, as Unicode.';
COMMENT ON COLUMN view.reactions.person_id IS 'Who put it there.';
COMMENT ON COLUMN view.reactions.position IS 'Log position of the event.';

CREATE OR REPLACE VIEW view.reaction_counts AS
SELECT room_id, message_id, emoji, people
FROM ${schema}.reaction_count;

COMMENT ON VIEW view.reaction_counts IS 'How many people put which emoji to which message.';
COMMENT ON COLUMN view.reaction_counts.room_id IS 'Room of the message.';
COMMENT ON COLUMN view.reaction_counts.message_id IS 'The message.';
COMMENT ON COLUMN view.reaction_counts.emoji IS 'The emoji, as Unicode.';
COMMENT ON COLUMN view.reaction_counts.people IS 'How many, at least 1.';

CREATE OR REPLACE VIEW view.attachments AS
SELECT attachment_id, owner_id, content_type, size
FROM ${schema}.attachment;

COMMENT ON VIEW view.attachments IS 'Files for which somebody got an address to upload to, sent with a message or not.';
COMMENT ON COLUMN view.attachments.attachment_id IS 'Identity of the file (UUIDv7).';
COMMENT ON COLUMN view.attachments.owner_id IS 'Who uploads it.';
COMMENT ON COLUMN view.attachments.content_type IS 'Media type without parameters.';
COMMENT ON COLUMN view.attachments.size IS 'Size in bytes.';

CREATE OR REPLACE VIEW view.attachment_uses AS
SELECT attachment_id, room_id, position
FROM ${schema}.attachment_use;

COMMENT ON VIEW view.attachment_uses IS 'Which messages that stand bear a file: whoever may read one of them may see it.';
COMMENT ON COLUMN view.attachment_uses.attachment_id IS 'The file.';
COMMENT ON COLUMN view.attachment_uses.room_id IS 'Room of the message.';
COMMENT ON COLUMN view.attachment_uses.position IS 'Position of the message.';
