CREATE OR REPLACE VIEW view.streams AS
SELECT stream_id, broadcaster_id, title, description, visibility, record, state,
       now_playing, listeners, peak_listeners, created_position, created_at, started_at, ended_at,
       segments, stored_millis, stored_bytes, recording_millis, recording_bytes, recorded_at
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
COMMENT ON COLUMN view.streams.now_playing IS 'What is heard at the moment, as the broadcaster said last; null when they did not.';
COMMENT ON COLUMN view.streams.listeners IS 'How many listen now; a person on two devices counts twice.';
COMMENT ON COLUMN view.streams.peak_listeners IS 'The most there were at any one time.';
COMMENT ON COLUMN view.streams.segments IS 'How many segments of audio are stored.';
COMMENT ON COLUMN view.streams.stored_millis IS 'How long they are together.';
COMMENT ON COLUMN view.streams.stored_bytes IS 'How large they are together, in all renditions.';
COMMENT ON COLUMN view.streams.recording_millis IS 'Length of the recording; null when there is none.';
COMMENT ON COLUMN view.streams.recording_bytes IS 'Size of the recording; null when there is none.';
COMMENT ON COLUMN view.streams.recorded_at IS 'Since when the recording can be played; null when there is none.';

CREATE OR REPLACE VIEW view.stream_segments AS
SELECT stream_id, first_segment, segments, duration_millis, bytes, loudness, silent_millis, position, stored_at
FROM ${schema}.segment;

COMMENT ON VIEW view.stream_segments IS 'Segments of streams in object storage, several that follow each other in one row.';
COMMENT ON COLUMN view.stream_segments.stream_id IS 'The stream.';
COMMENT ON COLUMN view.stream_segments.first_segment IS 'Number of the first of them, from 0 over the whole stream.';
COMMENT ON COLUMN view.stream_segments.segments IS 'How many.';
COMMENT ON COLUMN view.stream_segments.duration_millis IS 'How long they are together.';
COMMENT ON COLUMN view.stream_segments.bytes IS 'How large they are together, in all renditions.';
COMMENT ON COLUMN view.stream_segments.loudness IS 'Integrated over them, in LUFS; null in silence.';
COMMENT ON COLUMN view.stream_segments.silent_millis IS 'Of which nothing was to be heard.';
COMMENT ON COLUMN view.stream_segments.position IS 'Log position of the event.';
COMMENT ON COLUMN view.stream_segments.stored_at IS 'When they were stored.';

CREATE OR REPLACE VIEW view.stream_listeners AS
SELECT stream_id, listening_id, person_id, joined_position, joined_at
FROM ${schema}.listener;

COMMENT ON VIEW view.stream_listeners IS 'Who listens to which stream now; a person on two devices has two rows.';
COMMENT ON COLUMN view.stream_listeners.stream_id IS 'The stream.';
COMMENT ON COLUMN view.stream_listeners.listening_id IS 'This one time of listening.';
COMMENT ON COLUMN view.stream_listeners.person_id IS 'Who listens.';
COMMENT ON COLUMN view.stream_listeners.joined_position IS 'Log position of the beginning.';
COMMENT ON COLUMN view.stream_listeners.joined_at IS 'When they began.';

CREATE OR REPLACE VIEW view.stream_guests AS
SELECT stream_id, person_id, position
FROM ${schema}.guest;

COMMENT ON VIEW view.stream_guests IS 'Who may find and hear a private stream beside its broadcaster.';
COMMENT ON COLUMN view.stream_guests.stream_id IS 'The stream.';
COMMENT ON COLUMN view.stream_guests.person_id IS 'Who was invited.';
COMMENT ON COLUMN view.stream_guests.position IS 'Log position of the invitation.';
