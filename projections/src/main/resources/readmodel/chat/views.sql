CREATE OR REPLACE VIEW view.rooms AS
SELECT room_id, name, topic, visibility, creator_id, created_position, created_at, member_count, last_position
FROM ${schema}.room;

COMMENT ON VIEW view.rooms IS 'One row for each chat room.';
COMMENT ON COLUMN view.rooms.room_id IS 'Identity of the room (UUIDv7).';
COMMENT ON COLUMN view.rooms.name IS 'Name of the room; not unique.';
COMMENT ON COLUMN view.rooms.topic IS 'What the room is about; null when nobody said.';
COMMENT ON COLUMN view.rooms.visibility IS 'public: anybody finds and enters it; private: by invitation.';
COMMENT ON COLUMN view.rooms.creator_id IS 'Person who opened the room.';
COMMENT ON COLUMN view.rooms.created_position IS 'Log position of the room''s creation.';
COMMENT ON COLUMN view.rooms.created_at IS 'When the room was opened.';
COMMENT ON COLUMN view.rooms.member_count IS 'How many members the room has now.';
COMMENT ON COLUMN view.rooms.last_position IS 'Position of the last message; before the first one, of the creation.';

CREATE OR REPLACE VIEW view.members AS
SELECT room_id, person_id, role, joined_position, joined_at
FROM ${schema}.member;

COMMENT ON VIEW view.members IS 'Who is in which room now.';
COMMENT ON COLUMN view.members.room_id IS 'The room.';
COMMENT ON COLUMN view.members.person_id IS 'The member.';
COMMENT ON COLUMN view.members.role IS 'member, moderator or owner.';
COMMENT ON COLUMN view.members.joined_position IS 'Log position of the last joining.';
COMMENT ON COLUMN view.members.joined_at IS 'When the member joined last.';

CREATE OR REPLACE VIEW view.messages AS
SELECT room_id, position, message_id, sender_id, text, sent_at, reply_to, client_message_id
FROM ${schema}.message;

COMMENT ON VIEW view.messages IS 'One row for each message.';
COMMENT ON COLUMN view.messages.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN view.messages.position IS 'Log position of its sending: the order of a room''s history.';
COMMENT ON COLUMN view.messages.message_id IS 'Identity of the message (UUIDv7).';
COMMENT ON COLUMN view.messages.sender_id IS 'Person who said it.';
COMMENT ON COLUMN view.messages.text IS 'What was said.';
COMMENT ON COLUMN view.messages.sent_at IS 'When it was stored in the log.';
COMMENT ON COLUMN view.messages.reply_to IS 'Message of the same room that it answers; null when it answers none.';
COMMENT ON COLUMN view.messages.client_message_id IS 'Name that the sender''s client gave it; null when it gave none.';
