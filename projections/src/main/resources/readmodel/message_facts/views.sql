CREATE OR REPLACE VIEW view.dim_rooms AS
SELECT room_id, position, kind, name, created_by, created_at, closed_at, members
FROM ${schema}.room;

COMMENT ON VIEW view.dim_rooms IS 'Dimension: rooms.';
COMMENT ON COLUMN view.dim_rooms.room_id IS 'The room: key of the dimension.';
COMMENT ON COLUMN view.dim_rooms.position IS 'Log position of its opening.';
COMMENT ON COLUMN view.dim_rooms.kind IS 'public, private or direct.';
COMMENT ON COLUMN view.dim_rooms.name IS 'Name of a public room; null for the others.';
COMMENT ON COLUMN view.dim_rooms.created_by IS 'Person who opened it.';
COMMENT ON COLUMN view.dim_rooms.created_at IS 'When it was opened.';
COMMENT ON COLUMN view.dim_rooms.closed_at IS 'When it was closed; null while it is open.';
COMMENT ON COLUMN view.dim_rooms.members IS 'How many members it has now.';

CREATE OR REPLACE VIEW view.fact_messages AS
SELECT position, occurred_at, (occurred_at AT TIME ZONE 'UTC')::date AS date_utc,
       message_id, room_id, sender_id, reply, text_length, mentions, attachments, attachment_bytes,
       edits, reactions, reports, deleted_at
FROM ${schema}.message;

COMMENT ON VIEW view.fact_messages IS 'Fact, grain: one message sent, and what became of it.';
COMMENT ON COLUMN view.fact_messages.position IS 'Log position of the sending: key of the fact.';
COMMENT ON COLUMN view.fact_messages.occurred_at IS 'When it was sent.';
COMMENT ON COLUMN view.fact_messages.date_utc IS 'Day in UTC on which it was sent: joins the date dimension.';
COMMENT ON COLUMN view.fact_messages.message_id IS 'The message.';
COMMENT ON COLUMN view.fact_messages.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN view.fact_messages.sender_id IS 'Person who said it.';
COMMENT ON COLUMN view.fact_messages.reply IS 'Whether it answers another message.';
COMMENT ON COLUMN view.fact_messages.text_length IS 'Length of the text as it was sent, in Unicode code points.';
COMMENT ON COLUMN view.fact_messages.mentions IS 'How many members it named as it was sent.';
COMMENT ON COLUMN view.fact_messages.attachments IS 'How many files went with it.';
COMMENT ON COLUMN view.fact_messages.attachment_bytes IS 'Size of those files together.';
COMMENT ON COLUMN view.fact_messages.edits IS 'How often it was changed.';
COMMENT ON COLUMN view.fact_messages.reactions IS 'How many reactions it bears now.';
COMMENT ON COLUMN view.fact_messages.reports IS 'How many members reported it.';
COMMENT ON COLUMN view.fact_messages.deleted_at IS 'When it was deleted; null while it is shown.';

CREATE OR REPLACE VIEW view.messages_hourly AS
SELECT hour, room_id, messages, replies, characters, mentions, attachments, edits, reactions, deleted
FROM ${schema}.message_hour;

COMMENT ON VIEW view.messages_hourly IS 'Roll-up: messages by hour of sending and room; what is without any is not there. What became of a message later is counted in the hour in which it was sent.';
COMMENT ON COLUMN view.messages_hourly.hour IS 'Begin of the hour of sending.';
COMMENT ON COLUMN view.messages_hourly.room_id IS 'The room.';
COMMENT ON COLUMN view.messages_hourly.messages IS 'Messages sent, also those deleted since.';
COMMENT ON COLUMN view.messages_hourly.replies IS 'Of those, answers to another.';
COMMENT ON COLUMN view.messages_hourly.characters IS 'Length of all of them, in Unicode code points.';
COMMENT ON COLUMN view.messages_hourly.mentions IS 'Members they named.';
COMMENT ON COLUMN view.messages_hourly.attachments IS 'Files that went with them.';
COMMENT ON COLUMN view.messages_hourly.edits IS 'How often they were changed since.';
COMMENT ON COLUMN view.messages_hourly.reactions IS 'Reactions they bear now.';
COMMENT ON COLUMN view.messages_hourly.deleted IS 'How many of them were deleted since.';

CREATE OR REPLACE VIEW view.messages_daily AS
SELECT (hour AT TIME ZONE 'UTC')::date AS date, room_id, sum(messages)::bigint AS messages,
       sum(replies)::bigint AS replies, sum(characters)::bigint AS characters, sum(mentions)::bigint AS mentions,
       sum(attachments)::bigint AS attachments, sum(edits)::bigint AS edits, sum(reactions)::bigint AS reactions,
       sum(deleted)::bigint AS deleted
FROM ${schema}.message_hour
GROUP BY 1, room_id;

COMMENT ON VIEW view.messages_daily IS 'Roll-up: messages by day of sending and room, summed from the hours.';
COMMENT ON COLUMN view.messages_daily.date IS 'Day of sending in UTC.';
COMMENT ON COLUMN view.messages_daily.room_id IS 'The room.';
COMMENT ON COLUMN view.messages_daily.messages IS 'Messages sent, also those deleted since.';
COMMENT ON COLUMN view.messages_daily.replies IS 'Of those, answers to another.';
COMMENT ON COLUMN view.messages_daily.characters IS 'Length of all of them, in Unicode code points.';
COMMENT ON COLUMN view.messages_daily.mentions IS 'Members they named.';
COMMENT ON COLUMN view.messages_daily.attachments IS 'Files that went with them.';
COMMENT ON COLUMN view.messages_daily.edits IS 'How often they were changed since.';
COMMENT ON COLUMN view.messages_daily.reactions IS 'Reactions they bear now.';
COMMENT ON COLUMN view.messages_daily.deleted IS 'How many of them were deleted since.';
