-- Live audio streams and what state they are in.

CREATE TABLE stream (
    stream_id        uuid        NOT NULL,
    broadcaster_id   uuid        NOT NULL,
    title            text        NOT NULL,
    description      text,
    visibility       text        NOT NULL CHECK (visibility IN ('public', 'private')),
    record           boolean     NOT NULL,
    state            text        NOT NULL CHECK (state IN ('created', 'live', 'interrupted', 'ended')),
    created_position bigint      NOT NULL,
    created_at       timestamptz NOT NULL,
    started_at       timestamptz,
    ended_at         timestamptz,
    CONSTRAINT stream_pk PRIMARY KEY (stream_id)
);

-- Lists go from the newest, of one state or of all.
CREATE INDEX stream_by_creation ON stream (created_position DESC);
CREATE INDEX stream_by_state ON stream (state, created_position DESC);

COMMENT ON TABLE stream IS 'One row for each live audio stream, past ones included.';
COMMENT ON COLUMN stream.stream_id IS 'Identity of the stream (UUIDv7).';
COMMENT ON COLUMN stream.broadcaster_id IS 'Person who broadcasts.';
COMMENT ON COLUMN stream.title IS 'Title, 1-80 characters.';
COMMENT ON COLUMN stream.description IS 'What it is about; null when nobody said.';
COMMENT ON COLUMN stream.visibility IS 'public: anybody finds and hears it; private: by invitation.';
COMMENT ON COLUMN stream.record IS 'Whether a recording is kept after the end.';
COMMENT ON COLUMN stream.state IS 'created (nothing heard yet), live, interrupted (may be resumed) or ended.';
COMMENT ON COLUMN stream.created_position IS 'Log position of the stream''s creation: the order of lists.';
COMMENT ON COLUMN stream.created_at IS 'When the stream was opened.';
COMMENT ON COLUMN stream.started_at IS 'When it was first heard; null before.';
COMMENT ON COLUMN stream.ended_at IS 'When it ended for good; null before.';
