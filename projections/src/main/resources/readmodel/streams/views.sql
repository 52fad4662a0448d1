CREATE OR REPLACE VIEW view.streams AS
SELECT stream_id, broadcaster_id, title, description, visibility, record, state,
       created_position, created_at, started_at, ended_at
FROM ${schema}.stream;

COMMENT ON VIEW view.streams IS 'One row for each live audio stream, past ones included.';
COMMENT ON COLUMN view.streams.stream_id IS 'Identity of the stream (UUIDv7).';
COMMENT ON COLUMN view.streams.broadcaster_id IS 'Person who broadcasts.';
COMMENT ON COLUMN view.streams.title IS 'Title of the stream.';
COMMENT ON COLUMN view.streams.description IS 'What it is about; null when nobody said.';
COMMENT ON COLUMN view.streams.visibility IS 'public: anybody finds and hears it; private: by invitation.';
COMMENT ON COLUMN view.streams.record IS 'Whether a recording is kept after the end.';
COMMENT ON COLUMN view.streams.state IS 'created, live, interrupted or ended.';
COMMENT ON COLUMN view.streams.created_position IS 'Log position of the stream''s creation: the order of lists.';
COMMENT ON COLUMN view.streams.created_at IS 'When the stream was opened.';
COMMENT ON COLUMN view.streams.started_at IS 'When it was first heard; null before.';
COMMENT ON COLUMN view.streams.ended_at IS 'When it ended for good; null before.';
