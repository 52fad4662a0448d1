CREATE OR REPLACE VIEW view.fact_streams AS
SELECT position, stream_id, broadcaster_id, visibility, recorded, created_at,
       (created_at AT TIME ZONE 'UTC')::date AS date_utc,
       ended_position, ended_at, EXTRACT(EPOCH FROM ended_at - created_at)::double precision AS duration_seconds
FROM ${schema}.stream;

COMMENT ON VIEW view.fact_streams IS 'Fact, grain: one live audio stream; the row grows as the stream goes on.';
COMMENT ON COLUMN view.fact_streams.position IS 'Log position of the stream''s creation.';
COMMENT ON COLUMN view.fact_streams.stream_id IS 'The stream: key of the fact.';
COMMENT ON COLUMN view.fact_streams.broadcaster_id IS 'Person who broadcasts.';
COMMENT ON COLUMN view.fact_streams.visibility IS 'public or private.';
COMMENT ON COLUMN view.fact_streams.recorded IS 'Whether a recording is kept.';
COMMENT ON COLUMN view.fact_streams.created_at IS 'When it was opened.';
COMMENT ON COLUMN view.fact_streams.date_utc IS 'Day in UTC on which it was opened: joins the date dimension.';
COMMENT ON COLUMN view.fact_streams.ended_position IS 'Log position of its end; null while it goes on.';
COMMENT ON COLUMN view.fact_streams.ended_at IS 'When it ended; null while it goes on.';
COMMENT ON COLUMN view.fact_streams.duration_seconds IS 'Seconds from opening to end; null while it goes on.';
