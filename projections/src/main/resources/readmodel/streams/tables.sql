-- Live audio streams and what state they are in.

CREATE TABLE stream (
    stream_id        uuid        NOT NULL,
    broadcaster_id   uuid        NOT NULL,
    title            text        NOT NULL,
    description      text,
    visibility       text        NOT NULL CHECK (visibility IN ('public', 'private')),
    record           boolean     NOT NULL,
    state            text        NOT NULL CHECK (state IN ('created', 'live', 'interrupted', 'ended')),
    now_playing      text,
    listeners        integer     NOT NULL DEFAULT 0,
    peak_listeners   integer     NOT NULL DEFAULT 0,
    created_position bigint      NOT NULL,
    created_at       timestamptz NOT NULL,
    started_at       timestamptz,
    ended_at         timestamptz,
    segments         integer     NOT NULL DEFAULT 0,
    stored_millis    bigint      NOT NULL DEFAULT 0,
    stored_bytes     bigint      NOT NULL DEFAULT 0,
    recording_millis bigint,
    recording_bytes  bigint,
    recorded_at      timestamptz,
    CONSTRAINT stream_pk PRIMARY KEY (stream_id)
)
-- Listeners and segments move while it is live, without any index over them: HOT.
WITH (fillfactor = 70);

-- Lists go from the newest, of one state or of all.
CREATE INDEX stream_by_creation ON stream (created_position DESC);
CREATE INDEX stream_by_state ON stream (state, created_position DESC);

COMMENT ON TABLE stream IS 'One row for each live audio stream, past ones included.';
COMMENT ON COLUMN stream.stream_id IS 'Identity of the stream (UUIDv7).';
COMMENT ON COLUMN stream.broadcaster_id IS 'Person who broadcasts.';
COMMENT ON COLUMN stream.title IS 'Title, 1-80 characters; U+001A when its broadcaster was erased.';
COMMENT ON COLUMN stream.description IS 'What it is about; null when nobody said, U+001A when its broadcaster was erased.';
COMMENT ON COLUMN stream.visibility IS 'public: anybody finds and hears it; private: by invitation.';
COMMENT ON COLUMN stream.record IS 'Whether a recording is kept after the end.';
COMMENT ON COLUMN stream.state IS 'created (nothing heard yet), live, interrupted (may be resumed) or ended.';
COMMENT ON COLUMN stream.now_playing IS 'What is heard at the moment, as the broadcaster said last; null when they did not, U+001A when they were erased.';
COMMENT ON COLUMN stream.listeners IS 'Number of rows of this stream in listener.';
COMMENT ON COLUMN stream.peak_listeners IS 'The most there were at any one time.';
COMMENT ON COLUMN stream.created_position IS 'Log position of the stream''s creation: the order of lists.';
COMMENT ON COLUMN stream.created_at IS 'When the stream was opened.';
COMMENT ON COLUMN stream.started_at IS 'When it was first heard; null before.';
COMMENT ON COLUMN stream.ended_at IS 'When it ended for good; null before.';
COMMENT ON COLUMN stream.segments IS 'How many segments of audio are stored.';
COMMENT ON COLUMN stream.stored_millis IS 'How long they are together.';
COMMENT ON COLUMN stream.stored_bytes IS 'How large they are together, in all renditions.';
COMMENT ON COLUMN stream.recording_millis IS 'Length of the recording; null when there is none.';
COMMENT ON COLUMN stream.recording_bytes IS 'Size of the recording; null when there is none.';
COMMENT ON COLUMN stream.recorded_at IS 'Since when the recording can be played; null when there is none.';

-- A person is erased with what was recorded of them.
CREATE INDEX stream_by_broadcaster ON stream (broadcaster_id);

CREATE TABLE segment (
    stream_id       uuid             NOT NULL,
    first_segment   integer          NOT NULL,
    segments        integer          NOT NULL,
    duration_millis integer          NOT NULL,
    bytes           bigint           NOT NULL,
    loudness        double precision,
    silent_millis   integer          NOT NULL,
    position        bigint           NOT NULL,
    stored_at       timestamptz      NOT NULL,
    CONSTRAINT segment_pk PRIMARY KEY (stream_id, position)
);

COMMENT ON TABLE segment IS 'Segments of streams in object storage, several that follow each other in one row.';
COMMENT ON COLUMN segment.stream_id IS 'The stream.';
COMMENT ON COLUMN segment.first_segment IS 'Number of the first of them, from 0 over the whole stream.';
COMMENT ON COLUMN segment.segments IS 'How many.';
COMMENT ON COLUMN segment.duration_millis IS 'How long they are together.';
COMMENT ON COLUMN segment.bytes IS 'How large they are together, in all renditions.';
COMMENT ON COLUMN segment.loudness IS 'Integrated over them, in LUFS; null in silence.';
COMMENT ON COLUMN segment.silent_millis IS 'Of which nothing was to be heard.';
COMMENT ON COLUMN segment.position IS 'Log position of the event.';
COMMENT ON COLUMN segment.stored_at IS 'When they were stored.';

CREATE TABLE listener (
    stream_id       uuid        NOT NULL,
    listening_id    uuid        NOT NULL,
    person_id       uuid        NOT NULL,
    joined_position bigint      NOT NULL,
    joined_at       timestamptz NOT NULL,
    CONSTRAINT listener_pk PRIMARY KEY (stream_id, listening_id)
);

COMMENT ON TABLE listener IS 'Who listens to which stream now; a person on two devices has two rows.';
COMMENT ON COLUMN listener.stream_id IS 'The stream.';
COMMENT ON COLUMN listener.listening_id IS 'This one time of listening.';
COMMENT ON COLUMN listener.person_id IS 'Who listens.';
COMMENT ON COLUMN listener.joined_position IS 'Log position of the beginning.';
COMMENT ON COLUMN listener.joined_at IS 'When they began.';

CREATE TABLE guest (
    stream_id uuid   NOT NULL,
    person_id uuid   NOT NULL,
    position  bigint NOT NULL,
    CONSTRAINT guest_pk PRIMARY KEY (stream_id, person_id)
);

-- What somebody was invited to, when their streams are listed.
CREATE INDEX guest_by_person ON guest (person_id, stream_id);

COMMENT ON TABLE guest IS 'Who may find and hear a private stream beside its broadcaster.';
COMMENT ON COLUMN guest.stream_id IS 'The stream.';
COMMENT ON COLUMN guest.person_id IS 'Who was invited.';
COMMENT ON COLUMN guest.position IS 'Log position of the invitation.';
