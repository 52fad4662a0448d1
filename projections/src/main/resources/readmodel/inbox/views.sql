CREATE OR REPLACE VIEW view.notifications AS
SELECT person_id, position, notification_id, kind, actor_id, room_id, message_id, stream_id, raised_at, read_at
FROM ${schema}.notification;

COMMENT ON VIEW view.notifications IS 'What is in people''s inboxes.';
COMMENT ON COLUMN view.notifications.person_id IS 'Whose inbox it is in.';
COMMENT ON COLUMN view.notifications.position IS 'Log position at which it was raised: the order of an inbox.';
COMMENT ON COLUMN view.notifications.notification_id IS 'Identity of the notification (UUIDv7).';
COMMENT ON COLUMN view.notifications.kind IS 'What it tells of: mention, reply, direct_message, room_invitation, stream_live or security.';
COMMENT ON COLUMN view.notifications.actor_id IS 'Who did it; null when nobody did.';
COMMENT ON COLUMN view.notifications.room_id IS 'Room in which it happened; null when in none.';
COMMENT ON COLUMN view.notifications.message_id IS 'Message that it is about; null when about none.';
COMMENT ON COLUMN view.notifications.stream_id IS 'Stream that it is about; null when about none.';
COMMENT ON COLUMN view.notifications.raised_at IS 'When it was raised.';
COMMENT ON COLUMN view.notifications.read_at IS 'When the person had seen it; null before.';

CREATE OR REPLACE VIEW view.notification_preferences AS
SELECT person_id, kind, channel, wanted
FROM ${schema}.preference;

COMMENT ON VIEW view.notification_preferences IS 'What people chose to be told of by which channel; what they never chose has no row.';
COMMENT ON COLUMN view.notification_preferences.person_id IS 'Who chose.';
COMMENT ON COLUMN view.notification_preferences.kind IS 'Kind of notification.';
COMMENT ON COLUMN view.notification_preferences.channel IS 'inbox, email, sms or push.';
COMMENT ON COLUMN view.notification_preferences.wanted IS 'Whether they want it.';
