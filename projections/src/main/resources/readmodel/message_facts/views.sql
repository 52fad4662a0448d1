CREATE OR REPLACE VIEW view.fact_messages AS
SELECT position, occurred_at, (occurred_at AT TIME ZONE 'UTC')::date AS date_utc,
       message_id, room_id, sender_id, reply, text_length
FROM ${schema}.message;

COMMENT ON VIEW view.fact_messages IS 'Fact, grain: one message sent.';
COMMENT ON COLUMN view.fact_messages.position IS 'Log position of the sending: key of the fact.';
COMMENT ON COLUMN view.fact_messages.occurred_at IS 'When it was sent.';
COMMENT ON COLUMN view.fact_messages.date_utc IS 'Day in UTC on which it was sent: joins the date dimension.';
COMMENT ON COLUMN view.fact_messages.message_id IS 'The message.';
COMMENT ON COLUMN view.fact_messages.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN view.fact_messages.sender_id IS 'Person who said it.';
COMMENT ON COLUMN view.fact_messages.reply IS 'Whether it answers another message.';
COMMENT ON COLUMN view.fact_messages.text_length IS 'Length of the text in Unicode code points.';
